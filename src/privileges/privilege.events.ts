import type { DomainEvent, PersonalFields } from '../kernel/event.js';

/** What shows that the customer itself ended the privileges, when somebody else reports it (D3). */
export interface RevocationEvidence {
  /** Where the customer's act can be looked up, such as the id of an entry in its own audit log. */
  readonly reference: string;
  /** When the customer acted. */
  readonly actedAt: string;
}

export type DelegatedAdminPrivilegesGranted = DomainEvent<
  'DelegatedAdminPrivilegesGranted',
  { partnerId: string; customerId: string; invitationId: string; at: string }
>;

export type DelegatedAdminPrivilegesRevoked = DomainEvent<
  'DelegatedAdminPrivilegesRevoked',
  {
    partnerId: string;
    customerId: string;
    by: 'customer' | 'partner-with-evidence';
    evidence: RevocationEvidence | null;
    at: string;
  }
>;

export type PrivilegeEvent = DelegatedAdminPrivilegesGranted | DelegatedAdminPrivilegesRevoked;

export const privilegeStream = (partnerId: string, customerId: string): string =>
  `privileges-${partnerId}~${customerId}`;

export const privilegePersonalFields: PersonalFields<PrivilegeEvent> = {
  DelegatedAdminPrivilegesGranted: [],
  DelegatedAdminPrivilegesRevoked: ['evidence.reference'],
};
