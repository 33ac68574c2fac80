import type { RelationshipRole } from '../relationships/relationship.events.js';

/** What is recorded about a partner and a customer, as far as it decides what the partner may manage. */
export interface Standing {
  readonly role: RelationshipRole;
  /** Null while the relationship stands. */
  readonly removedAt: string | null;
  /** Delegated admin privileges as recorded; null when none were. */
  readonly privileges: { readonly since: string; readonly revokedAt: string | null; readonly basis: string } | null;
}

/** Whether something may be managed, and what that rests on, in words. */
export interface Permission {
  readonly allowed: boolean;
  readonly because: string;
}

/** What a partner may manage for a customer (C15). */
export interface Manageable {
  readonly account: Permission;
  readonly services: Permission;
  readonly users: Permission;
  readonly licences: Permission;
}

const allowed = (because: string): Permission => ({ allowed: true, because });
const denied = (because: string): Permission => ({ allowed: false, because });

const byRelationship = ({ removedAt }: Standing): Permission =>
  removedAt === null
    ? allowed('The relationship as reseller stands.')
    : denied(`The relationship was removed at ${removedAt}.`);

const byPrivileges = ({ privileges, removedAt }: Standing): Permission => {
  if (privileges === null) return denied('No delegated admin privileges are recorded.');
  const { since, revokedAt, basis } = privileges;
  if (revokedAt !== null) return denied(`Delegated admin privileges were revoked at ${revokedAt} by event ${basis}.`);
  const granted = `Delegated admin privileges were granted at ${since} by event ${basis}`;
  return removedAt === null
    ? allowed(`${granted}.`)
    : allowed(`${granted} and persist, although the relationship was removed at ${removedAt}.`);
};

/**
 * What the partner may manage (C15): account and services by its relationship as reseller, users and licences by
 * delegated admin privileges, which outlive a removal (R25). A provider places orders and manages nothing (R22).
 */
export const manageable = (standing: Standing): Manageable => {
  if (standing.role === 'provider') {
    const none = denied('A provider places orders and gets no admin permissions.');
    return { account: none, services: none, users: none, licences: none };
  }
  const relationship = byRelationship(standing);
  const privileges = byPrivileges(standing);
  return { account: relationship, services: relationship, users: privileges, licences: privileges };
};
