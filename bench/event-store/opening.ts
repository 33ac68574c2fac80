import type { Position, RecordedEvent, ResolvedEvent } from '@eventstore/db-client';
import { BACKWARDS, END, EventStoreDBClient, FORWARDS, START } from '@eventstore/db-client';
import { GROWING_STREAM } from './fill-log.js';
import { measure } from './measure.js';
import { startNode } from './process.js';

const OPENS = 3;
const READ_EVENTS = 20;
const READ_MS = 1500;
const OPENED_MS = 2000;
const READ_P99_MS = 10;

/** How long something took beside the longest it may, in milliseconds. */
interface Timing {
  readonly what: string;
  readonly ms: string;
  readonly bar: string;
}

const timing = (what: string, ms: number, most: number): Timing => ({
  what,
  ms: ms.toFixed(1),
  bar: ms <= most ? `met (${most})` : `MISSED (${most})`,
});

async function count(read: AsyncIterable<unknown>): Promise<number> {
  let seen = 0;
  for await (const item of read) seen += item ? 1 : 0;
  return seen;
}

/** Measures how a node opens a log, the worst of several, and how it reads from the start, the middle, the end, and anywhere. */
export async function measureOpening(data: string): Promise<Timing[]> {
  let slowest = 0;
  for (let i = 0; i < OPENS; i++) {
    const start = performance.now();
    const node = await startNode(data);
    slowest = Math.max(slowest, performance.now() - start);
    await node.stop();
  }
  const node = await startNode(data);
  const client = EventStoreDBClient.connectionString(node.url);
  const reads = [...(await readsOfAll(client)), ...(await readsOfStream(client))];
  await client.dispose();
  await node.stop();
  return [timing('opened, process start included', slowest, OPENED_MS), ...reads];
}

async function timed(what: string, read: () => Promise<number>): Promise<Timing[]> {
  const { p50, p99 } = await measure(1, READ_MS, read);
  return [timing(`${what}, p50`, p50, READ_P99_MS), timing(`${what}, p99`, p99, READ_P99_MS)];
}

/** A position is only known from an event, so those of events of the growing stream, spread over the log, serve. */
async function readsOfAll(client: EventStoreDBClient): Promise<Timing[]> {
  const known: Position[] = [];
  const last = await lastRevision(client);
  for (let i = 0; i < 200; i++) known.push(await positionOf(client, (last * BigInt(i)) / 200n));
  const from = (fromPosition: Position | typeof START) =>
    count(client.readAll({ fromPosition, maxCount: READ_EVENTS }));
  const anywhere = () => from(known[Math.floor(Math.random() * known.length)] as Position);
  return [
    ...(await timed('$all from the start', () => from(START))),
    ...(await timed('$all from the middle', () => from(known[100] as Position))),
    ...(await timed('$all from the end', () =>
      count(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: READ_EVENTS })),
    )),
    ...(await timed('$all from anywhere', anywhere)),
  ];
}

async function readsOfStream(client: EventStoreDBClient): Promise<Timing[]> {
  const last = await lastRevision(client);
  const from = (fromRevision: bigint) =>
    count(client.readStream(GROWING_STREAM, { direction: FORWARDS, fromRevision, maxCount: READ_EVENTS }));
  const anywhere = () => from(BigInt(Math.floor(Math.random() * Number(last))));
  return [
    ...(await timed('the long stream from the start', () => from(0n))),
    ...(await timed('the long stream from the middle', () => from(last / 2n))),
    ...(await timed('the long stream from the end', () => from(last - 10n))),
    ...(await timed('the long stream from anywhere', anywhere)),
  ];
}

/** The one event that is asked for. A reading is taken to its end: one that is left early never ends for the client. */
async function one(read: AsyncIterable<ResolvedEvent>): Promise<RecordedEvent> {
  let found: RecordedEvent | undefined;
  for await (const { event } of read) found = event;
  if (!found) throw new Error('There is no such event.');
  return found;
}

async function lastRevision(client: EventStoreDBClient): Promise<bigint> {
  return (await one(client.readStream(GROWING_STREAM, { direction: BACKWARDS, fromRevision: END, maxCount: 1 })))
    .revision;
}

async function positionOf(client: EventStoreDBClient, fromRevision: bigint): Promise<Position> {
  return (await one(client.readStream(GROWING_STREAM, { fromRevision, maxCount: 1 }))).position as Position;
}
