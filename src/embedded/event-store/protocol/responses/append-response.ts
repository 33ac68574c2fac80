import { encodeFrame, type FieldWriter } from '../../codec/field-writer.js';
import { NO_REVISION } from '../../log/model.js';
import type { Expectation } from '../expectation.js';

/** The fields of a successful append, which Append and BatchAppend share. */
export function writeSuccess(writer: FieldWriter, revision: number, position: number | undefined): void {
  if (revision === NO_REVISION) writer.message(2, () => {});
  else writer.uint(1, revision);
  if (position === undefined) writer.message(4, () => {});
  else writer.message(3, (w) => writePosition(w, position));
}

/** Commit and prepare are the same in this log. */
export function writePosition(writer: FieldWriter, position: number): void {
  writer.uint(1, position);
  writer.uint(2, position);
}

export function appendSuccess(revision: number, position: number | undefined): Buffer {
  return encodeFrame((response) => response.message(1, (success) => writeSuccess(success, revision, position)));
}

/** An append that lost against another is an answer and not an error. */
export function appendConflict(expected: Expectation, current: number): Buffer {
  return encodeFrame((response) =>
    response.message(2, (conflict) => {
      if (current === NO_REVISION) conflict.message(7, () => {});
      else conflict.uint(6, current);
      if (typeof expected === 'bigint') conflict.uint(8, expected);
      else conflict.message(EXPECTED_FIELDS[expected], () => {});
    }),
  );
}

const EXPECTED_FIELDS = { any: 9, stream_exists: 10, no_stream: 11 } as const;

/** The answer to a Delete or a Tombstone. */
export function deleteSuccess(position: number | undefined): Buffer {
  return encodeFrame((response) => {
    if (position === undefined) response.message(2, () => {});
    else response.message(1, (w) => writePosition(w, position));
  });
}
