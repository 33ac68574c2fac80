import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM, STREAM_EXISTS, ANY } from '@eventstore/db-client';
import fc from 'fast-check';
import { startNode, withDataFolder, type NodeProcess } from './event-store/embedded-node.js';
import { StreamModel, type Expected, type Found, type Written } from './event-store/stream-model.js';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 12);
const KNOWN_IDS = 12;

type Step =
  | { readonly does: 'append'; readonly expects: Expects; readonly ids: readonly number[] }
  | { readonly does: 'delete' | 'tombstone'; readonly expects: Exclude<Expects, 'stream_exists'> }
  | { readonly does: 'describe'; readonly truncateBefore?: number; readonly maxCount?: number }
  | { readonly does: 'restart' };
/** A number is how far from the stream's last revision. */
type Expects = Expected;

const relative = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: -6, max: 2 }) },
);
const gentle = fc.oneof(fc.constantFrom('any' as const, 'no_stream' as const), relative);
const expects = fc.oneof(gentle, fc.constant('stream_exists' as const));
/** Ids in the order of a list, so that batches overlap with what was written before. */
const ids = fc
  .tuple(fc.nat(KNOWN_IDS - 1), fc.integer({ min: 1, max: 4 }))
  .map(([from, count]) => Array.from({ length: count }, (_, i) => from + i));
const fresh = fc.array(fc.integer({ min: 1000, max: 2 ** 32 }), { minLength: 1, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ does: fc.constant('append' as const), expects, ids: fc.oneof(ids, fresh) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('delete' as const), expects: gentle }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { does: fc.constant('describe' as const), truncateBefore: fc.nat(8), maxCount: fc.integer({ min: 1, max: 5 }) },
      { requiredKeys: ['does'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const) }) },
);
const ending = fc.option(fc.record({ does: fc.constant('tombstone' as const), expects: gentle }), { nil: undefined });
const story = fc
  .tuple(fc.array(step, { minLength: 5, maxLength: 30 }), ending, fc.array(step, { maxLength: 3 }))
  .map(([before, end, after]) => (end ? [...before, end, ...after.filter(({ does }) => does !== 'describe')] : before));

const REVISIONS = { any: ANY, no_stream: NO_STREAM, stream_exists: STREAM_EXISTS } as const;

describe('an event store', () => {
  let node: NodeProcess;
  let client: EventStoreDBClient;

  const connect = async (data: string) => {
    node = await startNode(data);
    client = EventStoreDBClient.connectionString(node.url);
  };
  const disconnect = async (signal: NodeJS.Signals) => {
    await client.dispose();
    await node.kill(signal);
  };

  /** A story's ids are its own, for a node knows an id by the first stream that has it. */
  const idsOf = (stream: string, numbers: readonly number[]) =>
    numbers.map((number) => `${stream.slice(0, 24)}${number.toString(16).padStart(12, '0')}`);
  const typeOf = (error: { readonly type?: string }) => error.type as 'stream-deleted';
  const found = async (stream: string): Promise<Found> => {
    const seen: string[] = [];
    const read = async () => {
      for await (const { event } of client.readStream(stream)) if (event) seen.push(event.id);
      return seen;
    };
    return read().catch(typeOf);
  };
  /** Does the same to the node and to the model; @returns what each answers. */
  const play = async (stream: string, model: StreamModel, step: Step): Promise<[Written | void, Written | void]> => {
    if (step.does === 'describe') {
      const { does: _does, ...metadata } = step;
      await client.setStreamMetadata(stream, metadata);
      return [undefined, model.describe(metadata)];
    }
    if (step.does === 'restart') return [undefined, model.restart()];
    const expected = typeof step.expects === 'number' ? Math.max(0, model.last + step.expects) : step.expects;
    const expectedRevision = typeof expected === 'number' ? BigInt(expected) : REVISIONS[expected];
    if (step.does === 'append') {
      const eventIds = idsOf(stream, step.ids);
      const events = eventIds.map((id) => jsonEvent({ id, type: 'T', data: {} }));
      const appended = await client
        .appendToStream(stream, events, { expectedRevision })
        .then(({ nextExpectedRevision }) => Number(nextExpectedRevision), typeOf);
      return [appended, model.append(expected, eventIds)];
    }
    const remove = step.does === 'delete' ? client.deleteStream : client.tombstoneStream;
    const options = { expectedRevision: expectedRevision as bigint | 'any' | 'no_stream' };
    const last = model.last;
    return [await remove.call(client, stream, options).then(() => last, typeOf), model[step.does](expected)];
  };

  it(`answers ${RUNS} random stories as one stream should, killed and started again in between`, async () => {
    await withDataFolder(async (data) => {
      await connect(data);
      const tell = async (steps: readonly Step[]) => {
        const [stream, model] = [randomUUID(), new StreamModel()];
        for (const step of steps) {
          if (step.does === 'restart') await disconnect('SIGKILL').then(() => connect(data));
          const [answer, modelled] = await play(stream, model, step);
          expect({ step, answer, found: await found(stream) }).toEqual({ step, answer: modelled, found: model.read() });
        }
      };
      try {
        await fc.assert(fc.asyncProperty(story, tell), { numRuns: RUNS, endOnFailure: true });
      } finally {
        await disconnect('SIGTERM');
      }
    });
  }, 120_000);
});
