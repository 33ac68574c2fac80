import type { CustomerEvent } from '../../src/customers/customer.events.js';
import { customerPersonalFields } from '../../src/customers/customer.events.js';
import type { InvitationEvent } from '../../src/invitations/invitation.events.js';
import { invitationPersonalFields } from '../../src/invitations/invitation.events.js';
import type { Recorded } from '../../src/kernel/event.js';
import type { PartnerEvent } from '../../src/partners/partner.events.js';
import { partnerPersonalFields } from '../../src/partners/partner.events.js';
import type { PrivilegeEvent } from '../../src/privileges/privilege.events.js';
import { privilegePersonalFields } from '../../src/privileges/privilege.events.js';
import type { RelationshipEvent } from '../../src/relationships/relationship.events.js';
import { relationshipPersonalFields } from '../../src/relationships/relationship.events.js';

/** Every event the slices write. */
export type KnownEvent = PartnerEvent | CustomerEvent | InvitationEvent | RelationshipEvent | PrivilegeEvent;

/** A known event as the log holds it. */
export type Fact = Recorded<KnownEvent>;

/** The personal fields of every event type, as dotted paths: what a read model never copies. */
export const PERSONAL_FIELDS: Readonly<Record<KnownEvent['type'], readonly string[]>> = {
  ...partnerPersonalFields,
  ...customerPersonalFields,
  ...invitationPersonalFields,
  ...relationshipPersonalFields,
  ...privilegePersonalFields,
};

/**
 * Every type there is. Each read model follows all of them, so that the position of any command's event is reached as
 * soon as it is read, whether the model is changed by it or not.
 */
export const ALL_EVENT_TYPES = Object.keys(PERSONAL_FIELDS) as KnownEvent['type'][];
