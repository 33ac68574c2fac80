/** The gRPC status codes a node answers with. */
export const Code = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type Code = (typeof Code)[keyof typeof Code];

/** An outcome of a call other than success, with the trailers that clients read to tell errors apart. */
export class RpcError extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly trailers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Clients take 64 KiB of headers at most, and an error has two that name a stream. */
const LONGEST_VALUE = 24_000;

/** Percent-encodes a `grpc-message` as the gRPC specification asks; clients decode it. */
export const messageValue = (text: string): string => encode(text, /[^\x20-\x24\x26-\x7e]+|^ | $/g);

/** A trailer's text as it is, but for what HTTP/2 header values must not carry: that is percent-encoded. */
export const trailerValue = (text: string): string => encode(text, /[^\x20-\x7e]+|^ | $/g);

/** A text too long is cut off: an error with half a name tells more than a broken connection. */
function encode(text: string, forbidden: RegExp): string {
  const encoded = text.slice(0, LONGEST_VALUE).replace(forbidden, percentEncoded);
  return encoded.length <= LONGEST_VALUE ? encoded : encoded.slice(0, LONGEST_VALUE).replace(/%.?$/, '');
}

const percentEncoded = (run: string): string =>
  Array.from(Buffer.from(run, 'utf8'), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
