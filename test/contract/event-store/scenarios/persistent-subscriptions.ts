import {
  NO_STREAM,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  type PersistentSubscriptionToStream,
} from '@eventstore/db-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plain } from '../plain.js';
import { inTurn, type Scenarios } from '../scenario.js';
import type { Witness } from '../witness.js';

const PATIENCE_MS = 4000;

/** Acknowledges so many events, and tells which they were. */
async function consume(w: Witness, subscription: PersistentSubscriptionToStream, count: number): Promise<Plain> {
  const seen: Plain[] = [];
  const late = new AbortController();
  void sleep(PATIENCE_MS, undefined, { signal: late.signal }).then(
    () => subscription.destroy(),
    () => {},
  );
  try {
    for await (const event of subscription) {
      seen.push(w.short(event));
      await subscription.ack(event);
      if (seen.length === count) break;
    }
  } catch (error) {
    seen.push(w.error(error));
  }
  late.abort();
  await subscription.unsubscribe();
  return seen;
}

export const persistentSubscriptions: Scenarios = {
  'persistent.create, duplicate, consume, ack, delete': async (w) => {
    const s = w.stream();
    await w.append(s, w.events('a', 'b', 'c'), NO_STREAM);
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    const done = (said: string, work: () => Promise<void>) => w.attempt(() => work().then(() => said));
    const create = () => done('created', () => w.client.createPersistentSubscriptionToStream(s, 'g', settings));
    const remove = () => done('deleted', () => w.client.deletePersistentSubscriptionToStream(s, 'g'));
    const [first, second] = await inTurn(create, create);
    const got = await consume(w, w.client.subscribeToPersistentSubscriptionToStream(s, 'g'), 3);
    const [gone, again] = await inTurn(remove, remove);
    return { first, second, got, gone, again };
  },
};
