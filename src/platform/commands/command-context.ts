import type { Actor } from '../../kernel/actor.js';
import type { EventMetadata } from '../../kernel/event.js';
import { nameBasedUuid } from '../uuid/name-based-uuid.js';

/** Everything a command needs to know about the request that brought it. */
export interface CommandContext {
  readonly actor: Actor;
  /** Derived from the caller and its Idempotency-Key (D7). */
  readonly commandId: string;
  readonly fingerprint: string;
  /** Whether a fingerprint kept in an event's metadata is that of this very request. */
  readonly isSameRequest: (fingerprint: string) => boolean;
  readonly correlationId: string;
  readonly causationId: string;
  /** The revision the caller saw (If-Match), null when it does not say. */
  readonly expectedRevision: bigint | null;
  /** The time of the decision, ISO 8601 in UTC. */
  readonly now: string;
}

const COMMANDS = '5d0c9a0e-6b0b-4f0e-9f41-6f0f3b1d2c11';

/** The id of a caller's command: the same caller and key give the same id (D7). */
export const commandIdFor = (caller: string, key: string): string => nameBasedUuid(`${caller}\n${key}`, COMMANDS);

/** An id that follows from another: an event's from its command's, a workflow step's from the event that caused it. */
export const derivedId = (from: string, name: string): string => nameBasedUuid(name, from);

export const metadataFor = (context: CommandContext, schemaVersion: number): EventMetadata => ({
  actor: context.actor,
  commandId: context.commandId,
  fingerprint: context.fingerprint,
  correlationId: context.correlationId,
  causationId: context.causationId,
  schemaVersion,
});
