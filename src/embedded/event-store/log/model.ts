/** An event as a client proposes it, validated. */
export interface ProposedEvent {
  /** Lower-case canonical UUID. */
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}

/** Where a client expects the stream to be; a number is the revision of its last event. */
export type ExpectedRevision = number | 'any' | 'no_stream' | 'stream_exists';

/** The revision of a stream without events. */
export const NO_REVISION = -1;

/**
 * Where the tombstone of a stream is kept among its revisions. Clients see 2^63-1, which no JavaScript number holds.
 */
export const TOMBSTONE_REVISION = Number.MAX_SAFE_INTEGER;
export const TOMBSTONE_REVISION_ON_WIRE = 2n ** 63n - 1n;

export type WriteOutcome =
  /** `position` is that of the last event, absent when a repeated event can no longer be read. */
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | undefined }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'deadline-exceeded' }
  /** The commit failed: nothing of the write is in the log. */
  | { readonly kind: 'failed'; readonly cause: Error };

/** An event as it lies in the log. */
export interface StoredEvent {
  readonly position: number;
  readonly streamId: number;
  readonly revision: number;
  /** The complete gRPC frame to send to a reader. */
  readonly frame: Buffer;
}
