import type { Actor } from '../../src/kernel/actor.js';
import type { KnownEvent } from '../kernel/event-types.js';
import type { FactsByType } from './facts.js';

/** One thing that happened: when, who, what, about whom, and where it stands in the log. */
export interface AuditEntry {
  readonly eventId: string;
  readonly type: KnownEvent['type'];
  readonly at: string;
  readonly actor: Actor;
  readonly partnerIds: readonly string[];
  readonly customerId: string | null;
  readonly invitationId: string | null;
  readonly stream: string;
  /** Decimal, like every revision and position outside the log. */
  readonly revision: string;
  /** What its note in words rests on. */
  readonly facts: FactsByType[KnownEvent['type']];
}
