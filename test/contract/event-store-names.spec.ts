import { randomUUID } from 'node:crypto';
import { jsonEvent, START, StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import { openTarget, type Target } from './event-store/target.js';

const NAMES = ['100%', 'a%20b', 'a/b?c#d', 'a:b,c;d"\\', '5@x', '__proto__'];
const SPACED = [' before', 'behind ', ' '];
const LONGER_THAN_A_HEADER = 'é'.repeat(20_000);
const EVENT = () => jsonEvent({ type: 'Noted', data: {} });

describe('an event store whose streams have unusual names', () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  /** What is thrown for a stream that has an event: by a deletion that expects more, and by a reader of the tombstone. */
  const failures = async (stream: string) => {
    const { client } = target;
    await client.appendToStream(stream, EVENT());
    const read = async () => {
      const events: unknown[] = [];
      for await (const { event } of client.readStream(stream, { fromRevision: START })) events.push(event);
      return events;
    };
    const conflict = await client.deleteStream(stream, { expectedRevision: 9n }).catch((error: Error) => error);
    await client.tombstoneStream(stream);
    return [conflict, await read().catch((error: Error) => error)];
  };

  it.each(NAMES)('names %j in errors as it is', async (name) => {
    const stream = `${randomUUID()}${name}`;
    expect(await failures(stream)).toMatchObject([
      { type: 'wrong-expected-version', streamName: stream, expectedVersion: 9n, actualVersion: 0n },
      { type: 'stream-deleted', streamName: stream },
    ]);
  });

  it.each([...SPACED, LONGER_THAN_A_HEADER])(
    'tells what is wrong though no header can carry the name (%#)',
    async (name) => {
      const stream = name.startsWith(' ') ? ` ${randomUUID()}${name}` : `${randomUUID()}${name}`;
      expect(await failures(stream)).toEqual([expect.any(WrongExpectedVersionError), expect.any(StreamDeletedError)]);
    },
  );

  // A real node puts the name into its trailers as it is, where its HTTP server takes ASCII alone; see docs/event-store.md.
  it('percent-encodes a name in errors where it is not ASCII, and nowhere else', async () => {
    const stream = `${randomUUID()}-Müller & Søn €`;
    const encoded = stream.replace(/[^ -~]/g, encodeURIComponent);
    expect(await failures(stream)).toMatchObject([
      { type: 'wrong-expected-version', streamName: encoded },
      { type: 'stream-deleted', streamName: encoded },
    ]);
    const refusal = await target.client.appendToStream(stream, EVENT()).catch((error: Error) => error);
    expect(refusal).toMatchObject({ type: 'stream-deleted', streamName: stream });
  });
});
