import { setTimeout as sleep } from 'node:timers/promises';
import type { AllStreamSubscription, ResolvedEvent, StreamSubscription } from '@eventstore/db-client';
import type { Plain } from './plain.js';
import type { Witness } from './witness.js';

type Subscription = StreamSubscription | AllStreamSubscription;

export interface Follow {
  /** Whether what was seen suffices; the subscription is watched a little longer and then ended. */
  readonly enough: (log: readonly Plain[]) => boolean;
  readonly ms?: number;
  /** What is done once the subscription is confirmed and has had time to catch up. */
  readonly during?: () => Promise<unknown>;
  readonly tell?: (seen: ResolvedEvent) => Plain;
  readonly settleMs?: number;
}

const CATCH_UP_MS = 500;

/** What a subscription says, in order, and how it ended. */
export async function follow(
  witness: Witness,
  subscription: Subscription,
  options: Follow,
): Promise<{ log: Plain[]; ended: string }> {
  const { enough, ms = 4000, during, tell = (seen) => witness.short(seen), settleMs = 150 } = options;
  const log: Plain[] = [];
  const ended = new Promise<string>((resolve) => {
    const note = (said: Plain) => {
      log.push(said);
      if (enough(log)) resolve('enough');
    };
    subscription.on('confirmation', () => note('confirmed'));
    (subscription as StreamSubscription).on('caughtUp', () => note('caught up'));
    (subscription as StreamSubscription).on('data', (seen: ResolvedEvent) => note(tell(seen)));
    subscription.on('end', () => resolve('end'));
    subscription.on('error', (error) => {
      log.push(witness.error(error));
      resolve('error');
    });
    if (during) subscription.once('confirmation', () => void sleep(CATCH_UP_MS).then(during));
  });
  const late = new AbortController();
  const timer = sleep(ms, 'time is up', { signal: late.signal }).catch(() => 'time is up');
  const how = await Promise.race([ended, timer]);
  late.abort();
  if (how === 'enough') await sleep(settleMs);
  await subscription.unsubscribe().catch(() => {});
  return { log, ended: how };
}

/** Enough when so many events were seen. */
export const seen = (count: number) => (log: readonly Plain[]) => eventsOf(log).length >= count;
export const caughtUp = (log: readonly Plain[]) => log.includes('caught up');

export function eventsOf(log: readonly Plain[]): string[] {
  return log.filter((said): said is string => typeof said === 'string' && said.includes('@'));
}
