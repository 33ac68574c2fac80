import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANY, jsonEvent } from '@eventstore/db-client';
import { Redis } from 'ioredis';
import { World } from '../faults/service/world.js';
import { waitFor } from '../support/wait.js';

const CLI = join(process.cwd(), 'dist/projections/runner/cli/main.js');
const AT = '2026-03-01T09:00:00.000Z';
const ACTOR = { kind: 'partner', role: 'admin-agent', partnerId: 'contoso', subject: 'alice' };
const NONE = { status: 'none-recorded', basis: null, asOfRevision: null };

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A letter as the command line lists it. */
export interface Listed {
  readonly position: string;
  readonly type: string;
  readonly stream: string;
  readonly reason: string | null;
  readonly behind: string | null;
}

type Pair = readonly [partnerId: string, customerId: string];

const relationship = ([partnerId, customerId]: Pair) => `relationship-${partnerId}~${customerId}`;
const privileges = ([partnerId, customerId]: Pair) => `privileges-${partnerId}~${customerId}`;
const of = ([partnerId, customerId]: Pair) => ({ partnerId, customerId, at: AT });

/** The service in processes of its own, a log into which anything may be written, and the operators' command line. */
export class Operations {
  private constructor(readonly world: World) {}

  static async start(env: Record<string, string> = {}): Promise<Operations> {
    const world = await World.open();
    await world.start(env);
    return new Operations(world);
  }

  /** Writes an event as the database takes it, sound or not; its position. */
  async append(stream: string, type: string, data: unknown, schemaVersion = 1): Promise<string> {
    const id = randomUUID();
    const of = { commandId: id, fingerprint: 'test:0', correlationId: id, causationId: id };
    const event = jsonEvent({ type, data: data as never, metadata: { actor: ACTOR, ...of, schemaVersion } });
    const { position } = await this.world.store.appendToStream(stream, event, { expectedRevision: ANY });
    return `${position?.commit}`;
  }

  established(pair: Pair, name = `Company ${pair[1]}`): Promise<string> {
    const by = { kind: 'invitation', invitationId: randomUUID() };
    const data = {
      ...of(pair),
      role: 'reseller',
      by,
      origin: 'own-marketing',
      customer: { name, domain: 'c.example' },
    };
    return this.append(relationship(pair), 'RelationshipEstablished', data, 2);
  }

  /** What it rests on, and the customer's name, are missing. */
  damaged(pair: Pair): Promise<string> {
    return this.append(relationship(pair), 'RelationshipEstablished', { ...of(pair), role: 'reseller' }, 2);
  }

  removed(pair: Pair): Promise<string> {
    const attestation = { version: '1', goodFaith: true, indemnity: true, attestedBy: 'alice' };
    const notice = { required: false, to: null, given: false, generatedByThisService: false };
    const data = { ...of(pair), role: 'reseller', reason: 'over', attestation, notice, privileges: NONE };
    return this.append(relationship(pair), 'RelationshipRemoved', data);
  }

  granted(pair: Pair): Promise<string> {
    const data = { ...of(pair), invitationId: randomUUID() };
    return this.append(privileges(pair), 'DelegatedAdminPrivilegesGranted', data);
  }

  private run(args: readonly string[]) {
    const { eventStore, redis } = this.world;
    const env = { ...process.env, EVENTSTORE_URL: eventStore.url, REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
    return spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** npm run projections -- … */
  async command(...args: readonly string[]): Promise<Ran> {
    const child = this.run(args);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }

  /** The same, killed after so many milliseconds unless it has ended. */
  async commandKilledAfter(ms: number, ...args: readonly string[]): Promise<void> {
    const child = this.run(args);
    const ended = once(child, 'close');
    await Promise.race([ended, sleep(ms)]);
    child.kill('SIGKILL');
    await ended;
  }

  async letters(readModel: string): Promise<Listed[]> {
    const { code, out, err } = await this.command('letters', readModel, '--json');
    if (code !== 0) throw new Error(err);
    return JSON.parse(out).readModels[0].letters as Listed[];
  }

  /** The ids of a partner's customers once the list has seen the log up to here. */
  async customersOf(partnerId: string, minPosition: string): Promise<string[]> {
    const path = `/v1/partners/${partnerId}/customers?limit=200&minPosition=${minPosition}`;
    const { status, body } = await (await this.world.auditor()).get(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return (body.items as { customerId: string }[]).map(({ customerId }) => customerId).sort();
  }

  /** Until every read model has seen the log up to here. */
  async reached(position: string): Promise<void> {
    const auditor = await this.world.auditor();
    const isReached = async () => {
      const models = Object.values((await auditor.get('/health/ready')).body.details.projections);
      const positions = models.flatMap((model) =>
        model instanceof Object && 'position' in model ? [model.position] : [],
      );
      return positions.length > 0 && positions.every((at) => BigInt(`${at ?? 0}`) >= BigInt(position));
    };
    await waitFor(isReached, { ms: 30_000 });
  }

  /** The types in a partner's trail about a customer, in its order. */
  async trailOf([partnerId, customerId]: Pair, minPosition: string): Promise<string[]> {
    const path = `/v1/partners/${partnerId}/audit?limit=200&minPosition=${minPosition}`;
    const { body } = await (await this.world.auditor()).get(path);
    const items = body.items as { customerId: string; type: string }[];
    return items.filter((one) => one.customerId === customerId).map(({ type }) => type);
  }

  /** What operators have put on record. */
  async recorded(): Promise<unknown[]> {
    const all: unknown[] = [];
    for await (const { event } of this.world.store.readStream('read-model-skips')) all.push(event?.data);
    return all;
  }

  /** Takes everything from Redis. */
  async flush(): Promise<void> {
    const redis = new Redis(this.world.redis.url);
    await redis.flushall();
    redis.disconnect();
  }

  async stop(): Promise<void> {
    await this.world.close();
  }
}
