import type { DomainEvent } from '../kernel/event.js';
import type { Upcasters } from '../kernel/upcasting.js';
import type { RelationshipEstablished, RelationshipEvent } from './relationship.events.js';

/** Version 1, as it was when an invitation was the only way into a relationship. It never changes again. */
export type RelationshipEstablishedV1 = DomainEvent<
  'RelationshipEstablished',
  {
    partnerId: string;
    customerId: string;
    role: 'reseller' | 'provider';
    invitationId: string;
    origin: 'own-marketing' | 'vendor-referral' | 'indirect-provider';
    customer: { readonly name: string; readonly domain: string };
    at: string;
  }
>;

const byInvitation = ({
  invitationId,
  ...rest
}: RelationshipEstablishedV1['data']): RelationshipEstablished['data'] => ({
  ...rest,
  by: { kind: 'invitation', invitationId },
});

export const relationshipUpcasters: Upcasters<RelationshipEvent> = { RelationshipEstablished: [byInvitation] };
