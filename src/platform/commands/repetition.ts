import type { DomainEvent, Recorded } from '../../kernel/event.js';
import { Rejection } from '../../kernel/rejection.js';
import type { CommandContext } from './command-context.js';

/** What a command appended the first time, and the history up to its last event. */
export interface Repetition<Event extends DomainEvent> {
  readonly events: readonly Recorded<Event>[];
  readonly upTo: readonly Recorded<Event>[];
}

/**
 * Finds the command's own events in the stream's history (D7): metadata in the log is what remembers, no cache.
 * @throws Rejection `idempotency-key-reused` when the key came with another request
 */
export const repetitionOf = <Event extends DomainEvent>(
  history: readonly Recorded<Event>[],
  { commandId, isSameRequest }: CommandContext,
): Repetition<Event> | null => {
  const last = history.findLastIndex(({ metadata }) => metadata.commandId === commandId);
  const found = history[last];
  if (!found) return null;
  if (!isSameRequest(found.metadata.fingerprint))
    throw new Rejection('invalid', 'idempotency-key-reused', 'This Idempotency-Key came with another request before.', {
      rule: 'D7',
      state: 'used',
      pointer: 'Idempotency-Key',
      next: 'Use a new key for a new request.',
    });
  return {
    events: history.filter(({ metadata }) => metadata.commandId === commandId),
    upTo: history.slice(0, last + 1),
  };
};
