import { createServer } from 'node:net';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Server } from '../../support/servers.js';
import { scratchFolder, startEventStore, startRedis } from '../../support/servers.js';
import type { Service } from '../../support/service.js';
import { Issuer, startService } from '../../support/service.js';
import { Api } from '../../support/api.js';
import type { Logged } from './fold.js';
import { readLog } from './read-log.js';

const FIRST_PORT = 20_000;
const PORTS = 10_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port that nobody takes while its server is down: it lies below those that systems give to outgoing connections. */
const lastingPort = async (): Promise<number> => {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
};

/** The service, its event store and its Redis, each a process to freeze, kill and start again on what it left behind. */
export class World {
  private running: Service | null = null;
  private up: Promise<void> = Promise.resolve();
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    private readonly folder: Awaited<ReturnType<typeof scratchFolder>>,
    private readonly issuer: Issuer,
    private readonly port: number,
    public eventStore: Server,
    public redis: Server,
    public store: EventStoreDBClient,
  ) {}

  /** Both servers run; the service is yet to be started. */
  static async open(): Promise<World> {
    const folder = await scratchFolder();
    const port = await lastingPort();
    const [eventStore, redis, issuer] = await Promise.all([
      startEventStore(`${folder.path}/log`, port),
      startRedis(folder.path),
      Issuer.in(folder.path),
    ]);
    const store = EventStoreDBClient.connectionString(eventStore.url);
    return new World(folder, issuer, port, eventStore, redis, store);
  }

  /** Resolves as soon as the service runs. */
  whenUp(): Promise<void> {
    return this.up;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    this.up = this.startBeside(env).then((service) => void (this.running = service));
    await this.up;
  }

  /** Another process on the same event store and Redis; whoever starts it ends it. */
  startBeside(env: Record<string, string>): Promise<Service> {
    return startService({
      EVENTSTORE_URL: this.eventStore.url,
      REDIS_URL: this.redis.url,
      DATA_DIR: `${this.folder.path}/data`,
      INVITATION_URL: 'https://invitations.example',
      ...this.issuer.environment,
      ...env,
    });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.running?.kill(signal);
  }

  /** kill -9, and the service again; `meanwhile` may change what it finds. */
  async restart(meanwhile = async () => {}): Promise<void> {
    const again = this.kill()
      .then(meanwhile)
      .then(() => this.start());
    this.up = again;
    await again;
  }

  /** kill -9, and a new node on the same port and file. */
  async restartEventStore(): Promise<void> {
    await this.eventStore.kill();
    await this.store.dispose();
    this.eventStore = await startEventStore(`${this.folder.path}/log`, this.port);
    this.store = EventStoreDBClient.connectionString(this.eventStore.url);
  }

  /** kill -9, and a new Redis at the same address, with nothing in it. */
  async restartRedis(): Promise<void> {
    await this.redis.kill();
    this.redis = await startRedis(this.folder.path);
  }

  partner(partnerId: string): Promise<Api> {
    return this.as({ sub: `admin-of-${partnerId}`, role: 'partner-admin-agent', partner_id: partnerId });
  }

  customer(customerId: string): Promise<Api> {
    return this.as({ sub: `admin-of-${customerId}`, role: 'customer-global-admin', customer_id: customerId });
  }

  auditor(): Promise<Api> {
    return this.as({ sub: 'carol', role: 'auditor' });
  }

  private async as(claims: Record<string, string>): Promise<Api> {
    const name = JSON.stringify(claims);
    const token = this.tokens.get(name) ?? this.issuer.sign(claims);
    this.tokens.set(name, token);
    return new Api(this.running?.url ?? '', await token);
  }

  /** What the service that was started last has logged. */
  serviceLog(): string {
    return this.running?.log ?? '';
  }

  /** Every event of the domain, in log order. */
  log(): Promise<Logged[]> {
    return readLog(this.store);
  }

  /** Ends everything; whoever still waits for the service is told so. */
  async close(): Promise<void> {
    this.up = Promise.reject(new Error('This world has been closed.'));
    this.up.catch(() => undefined);
    await this.store.dispose();
    for (const one of [this.running, this.eventStore, this.redis]) await one?.kill();
    await this.folder.remove();
  }
}
