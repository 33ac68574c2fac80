import { customerStream } from '../../src/customers/customer.events.js';
import { invitationStream } from '../../src/invitations/invitation.events.js';
import { partnerStream } from '../../src/partners/partner.events.js';
import { privilegeStream } from '../../src/privileges/privilege.events.js';
import { relationshipStream } from '../../src/relationships/relationship.events.js';
import type { KnownEvent } from '../kernel/event-types.js';
import type { AuditEntry } from './audit-entry.js';

type About = Pick<AuditEntry, 'partnerIds' | 'customerId' | 'invitationId'>;

interface Kind {
  /** Stands for the type in a stored entry. Never changed, never used for another. */
  readonly code: string;
  /** The stream that events of the type are in. */
  readonly stream: (about: About) => string;
}

const ofPartner = ({ partnerIds }: About) => partnerStream(partnerIds[0] ?? '');
const ofCustomer = ({ customerId }: About) => customerStream(customerId ?? '');
const ofInvitation = ({ invitationId }: About) => invitationStream(invitationId ?? '');
const ofRelationship = ({ partnerIds, customerId }: About) => relationshipStream(partnerIds[0] ?? '', customerId ?? '');
const ofPrivileges = ({ partnerIds, customerId }: About) => privilegeStream(partnerIds[0] ?? '', customerId ?? '');

/** How each type of event is stored in the trail. */
export const KINDS: Readonly<Record<KnownEvent['type'], Kind>> = {
  PartnerEnrolled: { code: 'pe', stream: ofPartner },
  ProviderConnected: { code: 'pc', stream: ofPartner },
  ProviderDisconnected: { code: 'pd', stream: ofPartner },
  CustomerRegistered: { code: 'cr', stream: ofCustomer },
  CustomerDetailsChanged: { code: 'cd', stream: ofCustomer },
  InvitationDrafted: { code: 'id', stream: ofInvitation },
  InvitationDraftEdited: { code: 'ie', stream: ofInvitation },
  InvitationSent: { code: 'is', stream: ofInvitation },
  InvitationAccepted: { code: 'ia', stream: ofInvitation },
  InvitationDeclined: { code: 'in', stream: ofInvitation },
  InvitationCancelled: { code: 'ic', stream: ofInvitation },
  InvitationLinkReissued: { code: 'il', stream: ofInvitation },
  InvitationExpired: { code: 'ix', stream: ofInvitation },
  InvitationAbandoned: { code: 'ib', stream: ofInvitation },
  RelationshipEstablished: { code: 're', stream: ofRelationship },
  RelationshipRemoved: { code: 'rr', stream: ofRelationship },
  TerminationNoticeGiven: { code: 'rn', stream: ofRelationship },
  DelegatedAdminPrivilegesGranted: { code: 'dg', stream: ofPrivileges },
  DelegatedAdminPrivilegesRevoked: { code: 'dr', stream: ofPrivileges },
};

const TYPES = new Map(Object.entries(KINDS).map(([type, { code }]) => [code, type as KnownEvent['type']]));

/** The type a code stands for. @throws TypeError for none */
export const typeOf = (code: string): KnownEvent['type'] => {
  const type = TYPES.get(code);
  if (!type) throw new TypeError(`No event type has the code ${code}.`);
  return type;
};
