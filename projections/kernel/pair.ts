import type { KnownEvent } from './event-types.js';

type Pairwise = Extract<
  KnownEvent,
  { type: `Relationship${'Established' | 'Removed'}` | `DelegatedAdminPrivileges${'Granted' | 'Revoked'}` }
>;

const TYPES: Readonly<Record<Pairwise['type'], true>> = {
  RelationshipEstablished: true,
  RelationshipRemoved: true,
  DelegatedAdminPrivilegesGranted: true,
  DelegatedAdminPrivilegesRevoked: true,
};

const isPairwise = (event: KnownEvent): event is Pairwise => event.type in TYPES;

/**
 * The partner and the customer between whom the event changes something; null for events of another kind.
 * @throws TypeError for a damaged one that has no data
 */
export const pairIn = (event: KnownEvent): { partnerId: string; customerId: string } | null => {
  if (!isPairwise(event)) return null;
  const { partnerId, customerId } = event.data;
  return { partnerId, customerId };
};
