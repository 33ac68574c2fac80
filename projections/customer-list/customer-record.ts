import type { CustomerDetails } from '../../src/customers/customer.events.js';
import type { Origin, RelationshipRole } from '../../src/relationships/relationship.events.js';
import { PORTALS } from '../../src/relationships/relationship.events.js';

/** What a relationship rests on: an invitation, or the portal it was imported from (R4). */
export const SOURCES = ['invitation', ...PORTALS] as const;
export type RelationshipSource = (typeof SOURCES)[number];

/** The relationship as last recorded. A removed one keeps since when it had stood. */
export interface RecordedRelationship {
  readonly role: RelationshipRole;
  readonly source: RelationshipSource;
  /** Null for an imported one. */
  readonly origin: Origin | null;
  /** For an imported one since when the portal shows it, if that was stated. */
  readonly since: string;
  readonly removedAt: string | null;
}

/** The privileges as last recorded; `basis` is the id of the event that says so (D3). */
export interface RecordedPrivileges {
  readonly since: string;
  readonly revokedAt: string | null;
  readonly basis: string;
}

/** One partner's customer: what is recorded about the pair, kept after a removal too (R25). */
export interface CustomerRecord {
  /** Null until the first relationship. */
  readonly customer: CustomerDetails | null;
  readonly relationship: RecordedRelationship | null;
  /** Null when none were ever recorded. */
  readonly privileges: RecordedPrivileges | null;
}

/** One customer: its record with each partner, by the partner's id. */
export type CustomerRecords = ReadonlyMap<string, CustomerRecord>;
