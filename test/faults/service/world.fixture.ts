import { EventStoreDBClient, NO_STREAM, START, jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { Api } from '../../support/api.js';
import type { Server } from '../../support/servers.js';
import { scratchFolder, startEventStore, startRedis } from '../../support/servers.js';
import type { Service } from '../../support/service.js';
import { Issuer, startService } from '../../support/service.js';

/** An event of the domain as the log holds it, read with the official client. */
export interface Logged {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  // Folds and checks look into it field by field.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly metadata: { readonly commandId: string; readonly actor: { readonly subject: string } };
}

const DOMAIN_STREAM = /^(partner|customer|invitation|relationship|privileges)-/;

/** A service that can be killed and started again, beside an event store and a Redis that can be frozen. */
export class World {
  private running: Service | null = null;
  private over = false;
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly eventStore: Server,
    readonly redis: Server,
    readonly store: EventStoreDBClient,
    private readonly issuer: Issuer,
    private readonly environment: Record<string, string>,
    private readonly remove: () => Promise<void>,
  ) {}

  static async open(): Promise<World> {
    const { path, remove } = await scratchFolder();
    const [eventStore, redis, issuer] = await Promise.all([
      startEventStore(`${path}/event-store`),
      startRedis(path),
      Issuer.in(path),
    ]);
    const environment = { EVENTSTORE_URL: eventStore.url, REDIS_URL: redis.url, DATA_DIR: `${path}/data` };
    const store = EventStoreDBClient.connectionString(eventStore.url);
    return new World(eventStore, redis, store, issuer, { ...environment, ...issuer.environment }, remove);
  }

  get service(): Service {
    if (!this.running) throw new Error('The service is not running.');
    return this.running;
  }

  get isUp(): boolean {
    return this.running !== null;
  }

  get isOver(): boolean {
    return this.over;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    this.running = await startService({ ...this.environment, ...env });
  }

  /** Another process on the same event store and Redis; whoever starts it ends it. */
  startBeside(env: Record<string, string>): Promise<Service> {
    return startService({ ...this.environment, ...env });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { service } = this;
    this.running = null;
    await service.kill(signal);
  }

  async close(): Promise<void> {
    this.over = true;
    if (this.isUp) await this.kill();
    await this.store.dispose();
    await Promise.all([this.eventStore.kill(), this.redis.kill()]);
    await this.remove();
  }

  partner(partnerId: string): Promise<Api> {
    return this.caller({ sub: 'alice', role: 'partner-admin-agent', partner_id: partnerId });
  }

  customer(customerId: string): Promise<Api> {
    return this.caller({ sub: 'bob', role: 'customer-global-admin', customer_id: customerId });
  }

  auditor(): Promise<Api> {
    return this.caller({ sub: 'carol', role: 'auditor' });
  }

  private async caller(claims: Record<string, string>): Promise<Api> {
    const who = JSON.stringify(claims);
    const token = this.tokens.get(who) ?? this.issuer.sign(claims);
    this.tokens.set(who, token);
    return new Api(this.service.url, await token);
  }

  /** Every event of the domain, in log order. */
  async log(): Promise<Logged[]> {
    const all: Logged[] = [];
    for await (const { event } of this.store.readAll({ fromPosition: START })) {
      if (!event || !DOMAIN_STREAM.test(event.streamId)) continue;
      const position = event.position?.commit ?? 0n;
      all.push({ ...event, stream: event.streamId, position } as unknown as Logged);
    }
    return all;
  }

  /** Writes history directly, as an earlier run of the service has. */
  async write(stream: string, events: readonly (readonly [type: string, data: object])[]): Promise<void> {
    const id = randomUUID();
    const actor = { kind: 'customer', subject: 'bob', role: 'global-admin', customerId: 'fabrikam' };
    const metadata = { actor, commandId: id, fingerprint: 'test:0', correlationId: id, causationId: id };
    const wire = events.map(([type, data]) =>
      jsonEvent({ type, data: data as never, metadata: { ...metadata, schemaVersion: 1 } }),
    );
    await this.store.appendToStream(stream, wire, { expectedRevision: NO_STREAM });
  }
}
