import type { CustomerDetails } from '../customers/customer.events.js';
import type { Decider } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { PrivilegesAsOf } from '../privileges/privilege.js';
import type { AttestedText } from './attestation.js';
import { requireAttestation } from './attestation.js';
import type {
  Origin,
  RelationshipEstablished,
  RelationshipEvent,
  RelationshipRole,
  TerminationNotice,
} from './relationship.events.js';

export type Relationship =
  | { readonly status: 'none' }
  | {
      readonly status: 'established';
      readonly role: RelationshipRole;
      readonly since: string;
      readonly origin: Origin | null;
      readonly customer: CustomerDetails;
    }
  | { readonly status: 'removed'; readonly role: RelationshipRole; readonly removedAt: string };

export const relationship: Decider<Relationship, RelationshipEvent> = {
  initial: { status: 'none' },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'RelationshipEstablished':
        return { status: 'established', role: data.role, since: data.at, origin: data.origin, customer: data.customer };
      case 'RelationshipRemoved':
        return { status: 'removed', role: data.role, removedAt: data.at };
      case 'TerminationNoticeGiven':
        return state;
    }
  },
};

/** Establishes the relationship an accepted invitation asked for; one that stands already is left as it is (D1). */
export const establish = (state: Relationship, facts: RelationshipEstablished['data']): RelationshipEvent[] =>
  state.status === 'established' ? [] : [{ type: 'RelationshipEstablished', data: facts }];

/**
 * Records the relationship that a portal shows (R4); one that stands already is left as it is. One that was removed here
 * is not brought back by what another portal still shows: it takes a new invitation (D5). @throws Rejection
 */
export const recordExisting = (state: Relationship, facts: RelationshipEstablished['data']): RelationshipEvent[] => {
  if (state.status === 'removed')
    throw new Rejection('conflict', 'relationship-already-removed', `It was removed at ${state.removedAt}.`, {
      rule: 'D5',
      state: 'removed',
      next: 'Invite the customer: a new invitation starts afresh.',
    });
  return establish(state, facts);
};

/** Refuses what a relationship that stands already makes pointless (D5). */
export const requireNotEstablished = (state: Relationship, partnerId: string): void => {
  if (state.status === 'established')
    throw new Rejection('conflict', 'relationship-exists', `A relationship with ${partnerId} stands already.`, {
      rule: 'D5',
      state: 'established',
      next: 'Have the relationship removed first; where two partners are asked for, authorise the other one alone.',
    });
};

export interface Removal {
  readonly partnerId: string;
  readonly customerId: string;
  readonly reason: string;
  readonly attestation: AttestedText & { readonly sha256?: string | undefined };
  readonly attestedBy: string;
  readonly notice: TerminationNotice;
  /** As recorded at this moment: removal never touches them (R25). */
  readonly privileges: PrivilegesAsOf;
  readonly at: string;
}

/** Removes the partner's relationship (C23), attested (R26, R27) and with the notice stated (R28). */
export const remove = (state: Relationship, removal: Removal): RelationshipEvent[] => {
  const { role } = requireEstablished(state);
  const { attestedBy, notice, ...facts } = removal;
  const attestation = { ...requireAttestation(removal.attestation), attestedBy };
  requireNotice(notice);
  return [
    {
      type: 'RelationshipRemoved',
      data: { ...facts, role, attestation, notice: { ...notice, generatedByThisService: false } },
    },
  ];
};

/** Only a relationship that stands can be removed, once (C23). */
export const requireEstablished = (state: Relationship): Extract<Relationship, { status: 'established' }> => {
  if (state.status === 'none')
    throw new Rejection('not-found', 'customer-not-found', 'No such customer of this partner.');
  if (state.status === 'removed')
    throw new Rejection('conflict', 'relationship-already-removed', `It was removed at ${state.removedAt}.`, {
      rule: 'C23',
      state: 'removed',
      next: 'A new invitation starts afresh (D5).',
    });
  return state;
};

/** A notice that is required names its addressee; one that is not, neither addressee nor day (R28). */
export const requireNotice = ({ required, to, dueBy }: TerminationNotice): void => {
  if (!required && dueBy !== undefined)
    throw new Rejection('invalid', 'notice-not-stated', 'A notice that is not required is not due by any day.', {
      rule: 'R28',
      pointer: '/notice/dueBy',
      state: 'established',
      next: 'Leave dueBy out.',
    });
  if (required !== (to !== null))
    throw new Rejection('invalid', 'notice-not-stated', 'State to whom notice is due exactly when it is required.', {
      rule: 'R28',
      pointer: '/notice/to',
      state: 'established',
      next: 'Name the customer or the partner, or state that none is required.',
    });
};
