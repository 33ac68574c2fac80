import type { Recorded } from '../../kernel/event.js';
import { Rejection } from '../../kernel/rejection.js';
import type { CommandContext } from './command-context.js';

/** Holds the caller to the revision it says it saw (If-Match). @throws Rejection `revision-mismatch` */
export const requireRevision = (history: readonly Recorded[], { expectedRevision }: CommandContext): void => {
  if (expectedRevision === null) return;
  const revision = history.at(-1)?.revision;
  if (revision === expectedRevision) return;
  const now = revision === undefined ? 'it does not exist' : `it is at revision ${revision}`;
  throw new Rejection('precondition-failed', 'revision-mismatch', `You saw revision ${expectedRevision}; ${now}.`, {
    state: revision?.toString() ?? 'none',
    pointer: 'If-Match',
    next: 'Read it again, then repeat the request with its present ETag and a new Idempotency-Key.',
  });
};
