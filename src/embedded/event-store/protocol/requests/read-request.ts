import { readStreamIdentifier } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';
import { invalidArgument } from '../errors.js';
import { readFilterOptions, type FilterOptions } from './filter-options.js';
import { readUuidOption } from './uuid-option.js';
import { requireName } from './write-options.js';

export type From = bigint | 'start' | 'end';

export type ReadTarget =
  | { readonly kind: 'stream'; readonly stream: string; readonly from: From }
  /** `from` is the commit position. */
  | { readonly kind: 'all'; readonly from: From };

export interface ReadRequest {
  readonly target: ReadTarget;
  readonly backwards: boolean;
  readonly resolveLinks: boolean;
  /** How many events to read; absent for a subscription. */
  readonly count: bigint | undefined;
  readonly filter: FilterOptions | undefined;
  /** Whether event ids are sent as text and not as two halves. */
  readonly textIds: boolean;
}

type Draft = { -readonly [K in keyof ReadRequest]?: ReadRequest[K] } & { subscription?: boolean };

const DEFAULTS = { backwards: false, resolveLinks: false, textIds: false };
const GREATEST = 2n ** 64n - 1n;

const FIELDS: Readonly<Record<number, (reader: FieldReader, draft: Draft) => void>> = {
  1: (reader, draft) => void (draft.target = readStreamTarget(reader.message())),
  2: (reader, draft) => void (draft.target = readAllTarget(reader.message())),
  3: (reader, draft) => void (draft.backwards = reader.uint32() === 1),
  4: (reader, draft) => void (draft.resolveLinks = reader.bool()),
  5: (reader, draft) => void (draft.count = reader.uint64()),
  6: (reader, draft) => (reader.skip(), void (draft.subscription = true)),
  7: (reader, draft) => void (draft.filter = readFilterOptions(reader.message())),
  9: (reader, draft) => void (draft.textIds = readUuidOption(reader.message())),
};

/**
 * Reads a ReadReq.
 * @throws MalformedMessage; RpcError when something is missing or impossible
 */
export function readReadRequest(message: Buffer): ReadRequest {
  const reader = new FieldReader(message);
  const draft: Draft = {};
  while (reader.next()) {
    if (reader.field === 1) readOptions(reader.message(), draft);
    else reader.skip();
  }
  return complete({ ...DEFAULTS, ...draft });
}

function complete({ target, subscription, count, ...options }: Draft & typeof DEFAULTS): ReadRequest {
  if (!target) throw invalidArgument('The request names neither a stream nor $all.');
  if (!subscription && count === undefined) throw invalidArgument('The request is neither a count nor a subscription.');
  if (subscription && options.backwards) throw invalidArgument('A subscription cannot go backwards.');
  return { filter: undefined, ...options, target, count: subscription ? undefined : count };
}

function readOptions(reader: FieldReader, draft: Draft): void {
  while (reader.next()) {
    const read = FIELDS[reader.field];
    if (read) read(reader, draft);
    else reader.skip();
  }
}

function readStreamTarget(reader: FieldReader): ReadTarget {
  let stream = '';
  let from: From = 'start';
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) from = reader.uint64();
    else from = readLimit(reader, from, 3);
  }
  return { kind: 'stream', stream: requireName(stream), from: from === GREATEST ? 'end' : from };
}

function readAllTarget(reader: FieldReader): ReadTarget {
  let from: From = 'start';
  while (reader.next()) {
    if (reader.field === 1) from = readPosition(reader.message());
    else from = readLimit(reader, from, 2);
  }
  return { kind: 'all', from };
}

/** `start` and `end` are empty messages in adjacent fields. */
function readLimit(reader: FieldReader, from: From, startField: number): From {
  reader.skip();
  return reader.field === startField ? 'start' : reader.field === startField + 1 ? 'end' : from;
}

function readPosition(reader: FieldReader): From {
  let commit = 0n;
  let prepare = 0n;
  while (reader.next()) {
    if (reader.field === 1) commit = reader.uint64();
    else if (reader.field === 2) prepare = reader.uint64();
    else reader.skip();
  }
  if (commit === GREATEST) return 'end';
  if (commit < prepare) throw invalidArgument('The commit position is before the prepare position.');
  return commit;
}
