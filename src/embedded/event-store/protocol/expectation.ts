import type { ExpectedRevision } from '../log/model.js';

/** What a client expects of a stream, exactly as sent, for errors repeat it. */
export type Expectation = bigint | 'any' | 'no_stream' | 'stream_exists';

/** The expectation as the log takes it; a revision too great for a number is greater than any there is. */
export function toExpectedRevision(expected: Expectation): ExpectedRevision {
  return typeof expected === 'bigint' ? Number(expected) : expected;
}
