import type { KnownEvent } from '../../projections/kernel/event-types.js';
import { PERSONAL_FIELDS } from '../../projections/kernel/event-types.js';
import { customerStream } from '../customers/customer.events.js';
import { invitationStream } from '../invitations/invitation.events.js';
import type { InvitationReserved } from '../invitations/open-invitation.js';
import { openInvitationStream } from '../invitations/open-invitation.js';
import type { PersonalFields } from '../kernel/event.js';
import type { Upcasters } from '../kernel/upcasting.js';
import { EventSchemas } from '../kernel/upcasting.js';
import { partnerStream } from '../partners/partner.events.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import { relationshipUpcasters } from '../relationships/relationship.upcasters.js';

/** The events that read models follow, and those that only commands read. */
type AnyEvent = KnownEvent | InvitationReserved;

interface Entry {
  /** What its streams are called, with the ids left open. */
  readonly stream: string;
  /** What it says, in one line. */
  readonly meaning: string;
}

/** An event type as others may rely on it. */
export interface CataloguedEvent extends Entry {
  readonly type: AnyEvent['type'];
  /** The version it is written in. All versions from 1 to this one are read. */
  readonly version: number;
  /** The fields of its data that hold personal data, as dotted paths. */
  readonly personal: readonly string[];
}

const UPCASTERS: Upcasters<AnyEvent> = { ...relationshipUpcasters };
const PERSONAL: PersonalFields<AnyEvent> = { ...PERSONAL_FIELDS, InvitationReserved: [] };

const ofPartner = partnerStream('{partnerId}');
const ofCustomer = customerStream('{customerId}');
const ofInvitation = invitationStream('{invitationId}');
const ofPlace = openInvitationStream('{keyedHashOfPartnersAndContact}');
const ofRelationship = relationshipStream('{partnerId}', '{customerId}');
const ofPrivileges = privilegeStream('{partnerId}', '{customerId}');

const ENTRIES = {
  PartnerEnrolled: { stream: ofPartner, meaning: 'A partner is enrolled, and may act from now on (R2).' },
  ProviderConnected: {
    stream: ofPartner,
    meaning:
      'A reseller is connected to a provider, and may invite jointly with it (C18); no customers come with it (R6).',
  },
  ProviderDisconnected: {
    stream: ofPartner,
    meaning: 'The reseller is no longer connected to the provider; relationships stay as they are (D2).',
  },
  CustomerRegistered: { stream: ofCustomer, meaning: 'A customer is known here (R2).' },
  CustomerDetailsChanged: {
    stream: ofCustomer,
    meaning: 'The customer goes by another name or domain; so it does in the lists of its partners (C5).',
  },
  InvitationDrafted: {
    stream: ofInvitation,
    meaning: 'An invitation is requested: the draft of its mail, and the personal link it is to contain (R8, C9).',
  },
  InvitationDraftEdited: { stream: ofInvitation, meaning: 'The mail is reworded; it still contains the link (R11).' },
  InvitationSent: {
    stream: ofInvitation,
    meaning: 'The draft is closed with "Done": the partner sends the mail now (C12, R13).',
  },
  InvitationAccepted: {
    stream: ofInvitation,
    meaning: 'The customer accepts; the outcome of each party is named (D1, D3). Relationships follow from this.',
  },
  InvitationDeclined: { stream: ofInvitation, meaning: 'The customer declines, with a reason (D4).' },
  InvitationCancelled: { stream: ofInvitation, meaning: 'The partner withdraws the invitation (D4).' },
  InvitationLinkReissued: {
    stream: ofInvitation,
    meaning: 'A new personal link and a new expiry; the former link is good for nothing (D4).',
  },
  InvitationExpired: { stream: ofInvitation, meaning: 'Noted when it mattered: it had expired by itself (D4).' },
  InvitationAbandoned: {
    stream: ofInvitation,
    meaning: 'Its request was never completed, and another invitation has taken its place (D5).',
  },
  InvitationReserved: {
    stream: ofPlace,
    meaning: 'An invitation has taken the one place that there is for these partners and this contact (D5).',
  },
  RelationshipEstablished: {
    stream: ofRelationship,
    meaning: 'The partner and the customer have a reseller relationship from now on (R2, R3, R14).',
  },
  RelationshipRemoved: {
    stream: ofRelationship,
    meaning: 'The partner ends it, attested (R26, R27), the notice stated (R28); privileges stay as they are (R25).',
  },
  TerminationNoticeGiven: {
    stream: ofRelationship,
    meaning:
      'The partner states that it has given the notice that its removal requires (R28); this service has not (R29).',
  },
  DelegatedAdminPrivilegesGranted: {
    stream: ofPrivileges,
    meaning: 'The customer lets the partner administer its tenant (D3).',
  },
  DelegatedAdminPrivilegesRevoked: {
    stream: ofPrivileges,
    meaning: 'The customer has ended them: by its own act here, or as the evidence shows (D3).',
  },
} satisfies Record<AnyEvent['type'], Entry>;

/** The versions of all events, and how the older ones are read. */
export const EVENT_SCHEMAS = new EventSchemas(UPCASTERS, Object.keys(ENTRIES));

/** Every event type there is. */
export const CATALOGUE: readonly CataloguedEvent[] = (Object.keys(ENTRIES) as AnyEvent['type'][]).map((type) => ({
  type,
  ...ENTRIES[type],
  version: EVENT_SCHEMAS.versionOf(type),
  personal: PERSONAL[type],
}));
