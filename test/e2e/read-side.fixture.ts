import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTOR } from '../../projections/kernel/history.fixture.js';
import { established, granted, removed } from '../../projections/kernel/pair.fixture.js';
import type { KnownEvent } from '../../projections/kernel/event-types.js';
import { ALL_SHARDS } from '../../projections/kernel/shard.js';
import type { ReadModel } from '../../projections/kernel/changes.js';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import { Feed } from '../../projections/runner/feed.js';
import { Projector } from '../../projections/runner/projector.js';
import { BATCH_MS, Runner } from '../../projections/runner/runner.js';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import { pause } from '../../src/platform/event-store/within.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { connectRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { Builds } from '../../src/platform/redis/builds.js';
import { LiveBuilds } from '../../src/platform/redis/live-builds.service.js';
import { Positions } from '../../src/platform/redis/positions.service.js';
import { ReadModelReader } from '../../src/platform/redis/read-model.reader.js';
import { QUERY_MS } from '../../src/platform/redis/redis.module.js';

const NODE = 'dist/src/embedded/event-store/main.js';
const PATIENCE_MS = 10_000;

/** Until it is so: looked at every 10 milliseconds, for 10 seconds at most. */
export const until = async (isSo: () => Promise<boolean> | boolean): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`It never came to be: ${isSo.toString()}`);
    await pause(10);
  }
};

const startNode = async (folder: string): Promise<[ChildProcess, string]> => {
  const node = fork(NODE, ['--port', '0', '--data', folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [message] = (await once(node, 'message')) as [{ port: number }];
  return [node, `esdb://127.0.0.1:${message.port}?tls=false`];
};

const startRedis = async (folder: string): Promise<[ChildProcess, string]> => {
  const socket = join(folder, 'redis.sock');
  const settings = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--appendonly', 'no'];
  return [spawn('redis-server', settings, { stdio: 'ignore' }), socket];
};

/** What the first build of a read model is called. */
export const firstBuildOf = ({ version }: { version: number }): string => `${version}.1`;

/** One feeder of the read models, as each projector process has one. */
export class RunningRunner {
  private readonly runner: Runner;
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(events: EventStore, redis: ReadModelRedis, models: readonly ReadModel[]) {
    this.runner = new Runner(events, redis, models);
    this.running = this.runner.run(this.stopping.signal);
  }

  get projectors() {
    return this.runner.projectors;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}

/** A real event store and a real Redis of their own, and what connects to them. */
export class ReadSide {
  readonly positions: Positions;
  readonly reader: ReadModelReader;
  readonly builds: Builds;
  private readonly runners: { stop(): Promise<void> }[] = [];
  private revisions = new Map<string, bigint>();

  private constructor(
    private readonly folder: string,
    private readonly node: ChildProcess,
    readonly redisServer: ChildProcess,
    readonly events: EventStore,
    readonly redis: ReadModelRedis,
    readonly batches: ReadModelRedis,
    readonly told: ReadModelRedis,
  ) {
    this.positions = new Positions(told, redis);
    this.reader = new ReadModelReader(redis, this.positions, new LiveBuilds(told, redis));
    this.builds = new Builds(redis);
  }

  static async start(): Promise<ReadSide> {
    const folder = await mkdtemp(join(tmpdir(), 'read-side-'));
    const [node, url] = await startNode(join(folder, 'log'));
    const [server, socket] = await startRedis(folder);
    const [redis, told] = [connectRedis(socket, 'queries', QUERY_MS), connectRedis(socket, 'positions', QUERY_MS)];
    const batches = connectRedis(socket, 'projections', BATCH_MS, false);
    await until(() => [redis, told, batches].every(({ status }) => status === 'ready'));
    return new ReadSide(folder, node, server, new EventStore(url), redis, batches, told);
  }

  runner(models = READ_MODELS): RunningRunner {
    const runner = new RunningRunner(this.events, this.batches, models);
    this.runners.push(runner);
    return runner;
  }

  /** Feeds every shard, whoever else may hold it. */
  feed(): { stop(): Promise<void> } {
    const stopping = new AbortController();
    const projectors = READ_MODELS.flatMap((model) =>
      ALL_SHARDS.map(
        (shard) => new Projector(model, new Keyspace(model.name, firstBuildOf(model), shard), this.batches),
      ),
    );
    const running = new Feed(this.events, projectors).run(stopping.signal);
    const feeder = { stop: () => (stopping.abort(), running) };
    this.runners.push(feeder);
    return feeder;
  }

  /** Appends to the event's own stream; the position of the last. */
  async record(...events: readonly KnownEvent[]): Promise<bigint> {
    let position = 0n;
    for (const event of events) {
      const stream = `of-${JSON.stringify(event.data).match(/"customerId":"([^"]+)"/)?.[1] ?? 'partner'}`;
      const metadata = { actor: ACTOR, commandId: 'c', fingerprint: '', correlationId: '', causationId: '' };
      const wire = [{ id: randomUUID(), event, metadata: { ...metadata, schemaVersion: 1 } }];
      const appended = await this.events.append(stream, wire, this.revisions.get(stream) ?? null);
      this.revisions.set(stream, appended.revision);
      position = appended.position ?? position;
    }
    return position;
  }

  /** Pairs in every state: standing, removed with privileges in force, removed without. */
  async recordPairs(from: number, to: number): Promise<bigint> {
    let position = 0n;
    for (let n = from; n < to; n++) {
      const pair = { partnerId: `partner-${n % 3}`, customerId: `customer-${n}` };
      const customer = { name: `Customer ${n}`, domain: `c${n}.example` };
      const events = [established({ ...pair, customer }), granted(pair), removed(pair)];
      position = await this.record(...(n % 2 === 0 ? events : events.slice(0, 1 + (n % 3))));
    }
    return position;
  }

  /** Until what is stored is whole, and has looked at the log up to here. */
  async whole(position: bigint): Promise<void> {
    for (const { name, version } of READ_MODELS)
      for (const shard of ALL_SHARDS) {
        await until(async () => {
          const keys = new Keyspace(name, (await this.builds.state(name)).live ?? firstBuildOf({ version }), shard);
          const [live, at] = await this.redis.mget(keys.live, keys.checkpoint);
          return live !== null && BigInt(at ?? 0) >= position;
        });
      }
  }

  /** Everything that the read models hold, but for what only says how fresh it is and who keeps it. */
  async contents(): Promise<Record<string, unknown>> {
    const keys = (await this.redis.keys('*')).filter((key) => !/:live$|:builds$|^\{projectors:/.test(key)).sort();
    const values = await Promise.all(keys.map((key) => this.valueOf(key)));
    return whole(Object.fromEntries(keys.map((key, at) => [key, values[at]])));
  }

  private async valueOf(key: string): Promise<unknown> {
    const type = await this.redis.type(key);
    if (type === 'hash') return this.redis.hgetall(key);
    if (type === 'zset') return this.redis.zrange(key, '0', '-1');
    return type === 'stream' ? this.redis.xrange(key, '-', '+') : this.redis.get(key);
  }

  async stop(): Promise<void> {
    this.redisServer.kill('SIGCONT');
    await Promise.all(this.runners.map((runner) => runner.stop()));
    await this.events.onApplicationShutdown();
    for (const redis of [this.redis, this.batches, this.told]) redis.disconnect();
    for (const child of [this.node, this.redisServer]) child.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Each sorted list in one piece: where it is cut into leaves is a matter of what came when. */
const whole = (contents: Record<string, unknown>): Record<string, unknown> => {
  const merged: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(contents)) {
    const list = Object.keys(contents).find((one) => `${one}:leaves` in contents && key.startsWith(`${one}:`));
    if (list === undefined) merged[key] = value;
    else if (key !== `${list}:leaves`) merged[list] = [...(merged[list] as string[]), ...(value as string[])];
  }
  return merged;
};
