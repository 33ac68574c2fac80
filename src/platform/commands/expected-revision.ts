import { Rejection } from '../../kernel/rejection.js';
import type { CommandContext } from './command-context.js';

/** Holds the caller to the revision it says it saw (If-Match); null is no stream. @throws Rejection `revision-mismatch` */
export const requireRevision = (revision: bigint | null, { expectedRevision }: CommandContext): void => {
  if (expectedRevision === null || revision === expectedRevision) return;
  const now = revision === null ? 'it does not exist' : `it is at revision ${revision}`;
  throw new Rejection('precondition-failed', 'revision-mismatch', `You saw revision ${expectedRevision}; ${now}.`, {
    state: revision?.toString() ?? 'none',
    pointer: 'If-Match',
    next: 'Read it again, then repeat the request with its present ETag and a new Idempotency-Key.',
  });
};
