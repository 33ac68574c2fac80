import type { ServerProcess } from './server-process.js';
import { EmbeddedServerError } from './server-process.js';
import { Supervisor } from './supervisor.js';

const PATIENCE = { firstStart: 200, pause: 5, longestPause: 20, healthy: 1_000 };

interface FakeServer extends ServerProcess {
  readonly stopped: boolean;
  crash(): void;
}

const deferred = <T>() => {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
};

const fakeServer = (pid: number): FakeServer => {
  const { promise: ended, resolve } = deferred<string>();
  const server = {
    pid,
    ended,
    stopped: false,
    crash: () => resolve('SIGKILL'),
    stop: async () => {
      server.stopped = true;
      resolve('stopped');
    },
  };
  return server;
};

/** Launches fake servers; `outcomes` says of each launch in turn whether it fails, and how. */
const launcher = (...outcomes: (Error | undefined)[]) => {
  const servers: FakeServer[] = [];
  let launches = 0;
  const arrivals: (() => void)[] = [];
  const launch = async () => {
    const failure = outcomes[launches++];
    arrivals.splice(0).forEach((arrived) => arrived());
    if (failure) throw failure;
    const server = fakeServer(launches);
    servers.push(server);
    return server;
  };
  const launched = async (count: number) => {
    while (launches < count) await new Promise<void>((resolve) => arrivals.push(resolve));
  };
  return { launch, launched, servers, launches: () => launches };
};

const busy = new EmbeddedServerError('still in use');

describe('Supervisor', () => {
  it('starts a server once and stops it', async () => {
    const { launch, servers } = launcher();
    const supervisor = new Supervisor('test', launch, PATIENCE);
    expect(await supervisor.start()).toBe(servers[0]);
    await supervisor.stop();
    await supervisor.stop();
    expect(servers).toHaveLength(1);
    expect(servers[0]?.stopped).toBe(true);
  });

  it('waits for a predecessor to let go', async () => {
    const { launch, servers } = launcher(busy, busy);
    const supervisor = new Supervisor('test', launch, PATIENCE);
    await supervisor.start();
    expect(servers[0]?.pid).toBe(3);
    await supervisor.stop();
  });

  it('gives up when its patience is at an end', async () => {
    const { launch, launches } = launcher(...Array.from({ length: 1_000 }, () => busy));
    await expect(new Supervisor('test', launch, PATIENCE).start()).rejects.toBe(busy);
    expect(launches()).toBeGreaterThan(2);
  });

  it('gives up at once when waiting will not help', async () => {
    const missing = new EmbeddedServerError('not installed', true);
    const { launch, launches } = launcher(missing);
    await expect(new Supervisor('test', launch, PATIENCE).start()).rejects.toBe(missing);
    expect(launches()).toBe(1);
  });

  it('starts a server again that ended, however often, and however often that fails', async () => {
    const { launch, launched, servers } = launcher(undefined, busy, busy, undefined, undefined);
    const supervisor = new Supervisor('test', launch, PATIENCE);
    await supervisor.start();
    servers[0]?.crash();
    await launched(4);
    servers[1]?.crash();
    await launched(5);
    await supervisor.stop();
    expect(servers.map(({ pid }) => pid)).toEqual([1, 4, 5]);
    expect(servers[2]?.stopped).toBe(true);
  });

  it('starts nothing again once it is stopped', async () => {
    const { launch, servers, launches } = launcher();
    const supervisor = new Supervisor('test', launch, PATIENCE);
    await supervisor.start();
    servers[0]?.crash();
    await supervisor.stop();
    expect(launches()).toBe(1);
  });

  it('stops a server that becomes ready only while stopping', async () => {
    const { launch, servers } = launcher();
    const { promise: slow, resolve } = deferred<void>();
    const supervisor = new Supervisor('test', () => slow.then(launch), PATIENCE);
    const starting = supervisor.start();
    const stopping = supervisor.stop();
    resolve();
    await Promise.all([starting, stopping]);
    expect(servers[0]?.stopped).toBe(true);
  });

  it('stops a server that becomes ready again only while stopping', async () => {
    const { launch, launched, servers } = launcher();
    const { promise: slow, resolve } = deferred<void>();
    const supervisor = new Supervisor('test', () => launch().finally(() => servers[1] && slow), PATIENCE);
    await supervisor.start();
    servers[0]?.crash();
    await launched(2);
    const stopping = supervisor.stop();
    resolve();
    await stopping;
    expect(servers[1]?.stopped).toBe(true);
  });
});
