import type { Party } from '../../src/invitations/invitation.events.js';
import { joinFields, splitFields } from '../kernel/fields.js';
import type { Packing } from '../kernel/projection.js';
import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';
import type { ListedInvitation } from './listed-invitation.js';

const BETWEEN = ',';

const packParty = ({ partnerId, role }: Party): string => `${role} ${shortId(partnerId)}`;

const partyFrom = (packed: string): Party => {
  const [role = '', partnerId = ''] = packed.split(' ');
  return { partnerId: fullId(partnerId), role: role as Party['role'] };
};

const time = (at: string | null): string | null => at && shortTime(at);
const timeFrom = (short: string | undefined): string | null => (short ? fullTime(short) : null);

/** Values by their place: every invitation that there ever was is kept. */
export const { pack, unpack }: Packing<ListedInvitation> = {
  pack: ({ status, requestedBy, parties, origin, draftedAt, sentAt, expiresAt, closedAt, customerId }) =>
    joinFields([
      ...[status, shortId(requestedBy), parties.map(packParty).join(BETWEEN), origin],
      ...[draftedAt, sentAt, expiresAt, closedAt].map(time),
      customerId && shortId(customerId),
    ]),
  unpack: (packed) => {
    const [status, requestedBy = '', parties = '', origin, draftedAt = '', ...rest] = splitFields(packed);
    const [sentAt, expiresAt, closedAt, customerId] = rest;
    return {
      status: status as ListedInvitation['status'],
      requestedBy: fullId(requestedBy),
      parties: parties.split(BETWEEN).map(partyFrom),
      origin: origin as ListedInvitation['origin'],
      draftedAt: fullTime(draftedAt),
      ...{ sentAt: timeFrom(sentAt), expiresAt: timeFrom(expiresAt), closedAt: timeFrom(closedAt) },
      customerId: customerId ? fullId(customerId) : null,
    };
  },
};
