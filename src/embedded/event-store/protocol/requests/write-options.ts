import { readStreamIdentifier } from '../../codec/event-frame.js';
import type { FieldReader } from '../../codec/field-reader.js';
import { invalidArgument } from '../errors.js';
import type { Expectation } from '../expectation.js';

/** The options that appends, deletions and tombstones share. */
export interface WriteOptions {
  readonly stream: string;
  readonly expected: Expectation;
  /** Milliseconds since the epoch; only a BatchAppend carries it. */
  readonly deadline: number | undefined;
}

const EXPECTATIONS: Readonly<Record<number, Expectation>> = { 3: 'no_stream', 4: 'any', 5: 'stream_exists' };
const GREATEST_REVISION = 2n ** 63n - 1n;

/**
 * Reads the options of a write.
 * @throws MalformedMessage; RpcError when the stream or the expectation is missing or impossible
 */
export function readWriteOptions(reader: FieldReader): WriteOptions {
  let stream = '';
  let expected: Expectation | undefined;
  let deadline: number | undefined;
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) expected = reader.uint64();
    else if (reader.field === 6) deadline = readMilliseconds(reader.message());
    else if (reader.field === 7) deadline = Date.now() + readMilliseconds(reader.message());
    else {
      expected = EXPECTATIONS[reader.field] ?? expected;
      reader.skip();
    }
  }
  return { stream: requireName(stream), expected: requireExpectation(expected), deadline };
}

/** @throws RpcError when the name is empty */
export function requireName(stream: string): string {
  if (stream === '') throw invalidArgument('A stream name must not be empty.');
  return stream;
}

function requireExpectation(expected: Expectation | undefined): Expectation {
  if (expected === undefined) throw invalidArgument('An expected revision is missing.');
  if (typeof expected === 'bigint' && expected > GREATEST_REVISION)
    throw invalidArgument('A revision exceeds 63 bits.');
  return expected;
}

/** Reads a Timestamp or a Duration, which look alike. */
function readMilliseconds(reader: FieldReader): number {
  let milliseconds = 0;
  while (reader.next()) {
    if (reader.field === 1) milliseconds += Number(reader.int64()) * 1000;
    else if (reader.field === 2) milliseconds += Number(BigInt.asIntN(32, reader.int64())) / 1e6;
    else reader.skip();
  }
  return milliseconds;
}
