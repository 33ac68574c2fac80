import { EventLog } from '../../src/embedded/event-store/log/event-log.js';
import type { WriteOutcome } from '../../src/embedded/event-store/log/model.js';
import { customer, enrolment } from '../service/history.js';
import { say } from '../service/progress.js';
import type { Written } from '../service/written.js';

/** So many streams are written before any answer is looked at; how often, in events, it is told how far it is. */
const TOGETHER = 1_000;
const TELL_EVERY = 250_000;

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const append = (log: EventLog, { stream, events }: Written): Promise<WriteOutcome> =>
  new Promise((settle) => {
    const proposed = events.map(({ id, type, data, metadata }) => ({
      ...{ id, type, json: true },
      ...{ data: bytes(data), customMetadata: bytes(metadata) },
    }));
    log.append({ stream, events: proposed, expected: 'no_stream', deadline: Infinity, settle });
  });

function* past(lists: ReadonlyMap<string, number>): Generator<Written> {
  for (const [partner, length] of lists) {
    yield enrolment(partner);
    for (let n = 0; n < length; n += 1) yield* customer(partner, n);
  }
}

/**
 * Writes partners with so many customers each into the log of a node that is not running: what a client would write, byte
 * for byte, without the way over the network, which would take ten minutes for a million. Answers how many events.
 */
export const writePast = async (folder: string, lists: ReadonlyMap<string, number>): Promise<number> => {
  const log = new EventLog(folder, (cause) => {
    throw cause;
  });
  let [events, told, waiting] = [0, 0, [] as Promise<WriteOutcome>[]];
  const settle = async () => {
    const refused = (await Promise.all(waiting)).find(({ kind }) => kind !== 'written');
    if (refused) throw new Error(`The past could not be written: ${JSON.stringify(refused)}`);
    waiting = [];
  };
  for (const one of past(lists)) {
    waiting.push(append(log, one));
    events += one.events.length;
    if (waiting.length >= TOGETHER) await settle();
    if (events - told >= TELL_EVERY) say(`… ${(told = events)} events written`);
  }
  await settle();
  log.close();
  return events;
};
