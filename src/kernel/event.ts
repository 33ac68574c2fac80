import type { Actor } from './actor.js';

/** A fact in the past tense. `Type` is a wire contract: it is never renamed. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** What every event says about how it came to be. Ids and keyed hashes only: no personal data, no token, no secret. */
export interface EventMetadata {
  readonly actor: Actor;
  /** Derived from the caller and its Idempotency-Key (D7). */
  readonly commandId: string;
  /** Keyed hash of the request, so that the same key with another body is noticed. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly schemaVersion: number;
}

/** An event as the log holds it. Positions and revisions are 64-bit, hence bigint. */
export interface Recorded<E extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly event: E;
  readonly metadata: EventMetadata;
  /** Why the data, which is as recorded then, could not be brought into its present shape; absent when it was. */
  readonly fault?: string;
}

/** The fields of each event type that hold personal data, as dotted paths, so that they can be erased later. */
export type PersonalFields<E extends DomainEvent> = Readonly<Record<E['type'], readonly string[]>>;
