import type { Decider } from '../kernel/decider.js';
import { newestDay } from '../kernel/moment.js';
import { Rejection } from '../kernel/rejection.js';
import type {
  DelegatedAdminPrivilegesGranted,
  DelegatedAdminPrivilegesRevoked,
  PrivilegeEvent,
} from './privilege.events.js';

/** What is recorded about a partner's delegated admin privileges; nothing about them is ever inferred (D3). */
export type Privileges =
  | { readonly status: 'none-recorded' }
  | { readonly status: 'in-force'; readonly since: string; readonly invitationId: string }
  | { readonly status: 'revoked'; readonly since: string; readonly revokedAt: string };

/** The status with its basis: the event that says so, and how far the privileges' history was read. */
export type PrivilegesAsOf = Privileges & {
  /** The id of the event the status rests on; null when none is recorded. */
  readonly basis: string | null;
  /** The revision of the privileges' stream that was read, as a decimal; null when there is no such stream. */
  readonly asOfRevision: string | null;
};

export const privileges: Decider<Privileges, PrivilegeEvent> = {
  initial: { status: 'none-recorded' },
  evolve: (state, { type, data }) => {
    if (type === 'DelegatedAdminPrivilegesGranted')
      return { status: 'in-force', since: data.at, invitationId: data.invitationId };
    return { status: 'revoked', since: state.status === 'in-force' ? state.since : data.at, revokedAt: data.at };
  },
};

/** Records the customer's grant (D3). A grant on top of privileges in force changes nothing. */
export const grant = (state: Privileges, facts: DelegatedAdminPrivilegesGranted['data']): PrivilegeEvent[] =>
  state.status === 'in-force' ? [] : [{ type: 'DelegatedAdminPrivilegesGranted', data: facts }];

/** Records that the customer ended the privileges: its own act, or evidence of it reported by the partner (D3). */
export const revoke = (state: Privileges, facts: DelegatedAdminPrivilegesRevoked['data']): PrivilegeEvent[] => {
  if (state.status !== 'in-force')
    throw new Rejection('conflict', 'privileges-not-in-force', 'No delegated admin privileges are in force.', {
      rule: 'D3',
      state: state.status,
      next: 'Nothing is left to do.',
    });
  if (facts.by === 'partner-with-evidence' && !facts.evidence)
    throw new Rejection('invalid', 'evidence-required', 'A partner states on what evidence the customer acted.', {
      rule: 'D3',
      pointer: '/evidence',
      state: state.status,
      next: "Name where the customer's own act can be looked up.",
    });
  if (facts.evidence) requireActSince(state.since, facts.evidence.actedAt, facts.at);
  return [{ type: 'DelegatedAdminPrivilegesRevoked', data: facts }];
};

/** How far the clocks of others may be ahead, in milliseconds. */
const CLOCKS_APART_MS = 60_000;
const DAY_LENGTH = 'yyyy-mm-dd'.length;

/** Only an act since the grant in force ends it, and only one that has taken place; nothing is inferred (D3). */
const requireActSince = (since: string, actedAt: string, at: string): void => {
  const isDay = actedAt.length === DAY_LENGTH;
  const isBefore = isDay ? actedAt < since.slice(0, DAY_LENGTH) : Date.parse(actedAt) < Date.parse(since);
  const isAhead = isDay ? actedAt > newestDay(at) : Date.parse(actedAt) > Date.parse(at) + CLOCKS_APART_MS;
  if (!isBefore && !isAhead) return;
  const when = isAhead ? 'has not come yet' : `is before they were granted, at ${since}`;
  throw new Rejection('invalid', 'evidence-of-another-time', `The time at which the customer acted ${when}.`, {
    rule: 'D3',
    pointer: '/evidence/actedAt',
    state: 'in-force',
    next: 'State when the customer ended the privileges that are in force, and where that act can be looked up.',
  });
};
