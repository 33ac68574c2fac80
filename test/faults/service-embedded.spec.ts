import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Api } from '../support/api.js';
import { scratchFolder } from '../support/servers.js';
import type { Service } from '../support/service.js';
import { Issuer, startService } from '../support/service.js';
import { waitFor } from '../support/wait.js';

const ENROLMENT = { name: 'Contoso Cloud', kind: 'indirect-reseller' };
const INVITATION = {
  contact: { name: 'Ana Souza', email: 'ana.souza@fabrikam.example' },
  origin: 'own-marketing',
  done: true,
};

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let issuer: Issuer;
let services: Service[];
beforeEach(async () => {
  folder = await scratchFolder();
  issuer = await Issuer.in(folder.path);
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map((service) => service.kill('SIGTERM')));
  await folder.remove();
});

const start = async (changes: Record<string, string> = {}): Promise<Service> => {
  const service = await startService({ DATA_DIR: join(folder.path, 'data'), ...issuer.environment, ...changes });
  services.push(service);
  return service;
};

const partnerOf = async ({ url }: Service): Promise<Api> =>
  new Api(url, await issuer.sign({ sub: 'alice', role: 'partner-admin-agent', partner_id: 'contoso' }));

const enrol = async (service: Service) => (await partnerOf(service)).post('/v1/partners/contoso/enrol', ENROLMENT);
const invite = async (service: Service) =>
  (await partnerOf(service)).post('/v1/partners/contoso/invitations', INVITATION);
const trail = async (service: Service) => (await partnerOf(service)).get('/v1/partners/contoso/audit');

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Everything that a process has started, directly or not. */
const descendants = async (pid: number): Promise<Process[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const all = stdout.split('\n').map((line): Process => {
    const [own = '', parent = '', ...command] = line.trim().split(/\s+/);
    return { pid: Number(own), parent: Number(parent), command: command.join(' ') };
  });
  const under = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...under(one.pid)]);
  return under(pid);
};

const pidOf = async (service: Service, command: RegExp): Promise<number> => {
  const found = (await descendants(service.pid)).find((one) => command.test(one.command));
  if (!found) throw new Error(`The service has not started ${command}.`);
  return found.pid;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const EVENT_STORE = /event-store\/main\.js/;
const REDIS = /^redis-server /;

describe('A service with nothing but a data folder', () => {
  it('keeps what was acknowledged, and leaves no process behind, when it is killed', async () => {
    const first = await start();
    expect((await enrol(first)).status).toBe(201);
    const started = await descendants(first.pid);
    expect(started.filter(({ command }) => EVENT_STORE.test(command) || REDIS.test(command))).toHaveLength(2);
    await first.kill('SIGKILL');
    await waitFor(() => !started.some(({ pid }) => isAlive(pid)), { ms: 5_000, what: 'all it started is gone' });
    const second = await start();
    expect((await enrol(second)).body.code).toBe('partner-already-enrolled');
  });

  it('leaves no process behind when it is told to stop', async () => {
    const service = await start();
    const started = await descendants(service.pid);
    await service.kill('SIGTERM');
    await waitFor(() => !started.some(({ pid }) => isAlive(pid)), { ms: 6_000, what: 'all it started is gone' });
  });

  it('starts an event store again that was killed, on the same address', async () => {
    const service = await start();
    await enrol(service);
    process.kill(await pidOf(service, EVENT_STORE), 'SIGKILL');
    await waitFor(async () => (await invite(service)).status === 201, { what: 'commands are accepted again' });
    expect(service.log).toContain('embedded server ended');
    expect(service.log).toContain('remedy');
  });

  it('starts a Redis again that was killed, and its read models come back', async () => {
    const service = await start();
    const { position } = (await enrol(service)).body;
    process.kill(await pidOf(service, REDIS), 'SIGKILL');
    await waitFor(() => service.log.includes('embedded server ended'), { what: 'it is noticed' });
    await waitFor(async () => (await trail(service)).body.items?.[0]?.position === position, { what: 'all is back' });
  });

  it('does not let a killed and frozen Redis stay', async () => {
    const service = await start();
    const redis = await pidOf(service, REDIS);
    process.kill(redis, 'SIGSTOP');
    await service.kill('SIGKILL');
    await waitFor(() => !isAlive(redis), { ms: 8_000, what: 'Redis is gone' });
  });

  it('refuses a folder that another service has, in one sentence', async () => {
    await start();
    await expect(start()).rejects.toThrow(/Another service is running on the data folder .*: stop it, or set DATA_DIR/);
  });

  it('works in a folder whose name is too long for a socket, and has spaces', async () => {
    const service = await start({ DATA_DIR: join(folder.path, 'a folder with spaces', 'x'.repeat(120)) });
    expect((await enrol(service)).status).toBe(201);
    await waitFor(async () => (await trail(service)).body.items?.length === 1, { what: 'it is in the trail' });
  });

  it('starts with a snapshot of Redis that is damaged', async () => {
    const redis = join(folder.path, 'data', 'redis');
    await mkdir(redis, { recursive: true });
    await writeFile(join(redis, 'dump.rdb'), 'no snapshot');
    expect((await enrol(await start())).status).toBe(201);
  });

  it('says in one sentence that redis-server is missing', async () => {
    const bin = join(folder.path, 'bin');
    await mkdir(bin);
    await symlink('/bin/sh', join(bin, 'sh'));
    await expect(start({ PATH: bin })).rejects.toThrow(
      'redis-server was not found: install it, or set REDIS_URL to a Redis that runs already.',
    );
  });

  it('says in one sentence that the log is damaged, and does not touch it', async () => {
    const eventStore = join(folder.path, 'data', 'event-store');
    await mkdir(eventStore, { recursive: true });
    await writeFile(join(eventStore, 'events.sqlite'), 'no log at all');
    await expect(start()).rejects.toThrow(
      /: The embedded event store did not start \(.* is corrupt .*; restore the data folder from a backup\.\)\.\n$/,
    );
    expect(await readFile(join(eventStore, 'events.sqlite'), 'utf8')).toBe('no log at all');
  });

  it('says in one sentence that its folder cannot be written to', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    await expect(start({ DATA_DIR: file })).rejects.toThrow('DATA_DIR must be a folder that this user may write to');
  });
});
