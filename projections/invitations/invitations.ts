import type { InvitationEvent } from '../../src/invitations/invitation.events.js';
import type { KnownEvent } from '../kernel/event-types.js';
import { byTime, member } from '../kernel/member.js';
import type { DocumentProjection } from '../kernel/projection.js';
import { shortId } from '../kernel/short.js';
import type { ClosedStatus, ListedInvitation } from './listed-invitation.js';
import { pack, unpack } from './packing.js';

const isOfInvitation = (event: KnownEvent): event is InvitationEvent => event.type.startsWith('Invitation');

const drafted = ({ data }: Extract<InvitationEvent, { type: 'InvitationDrafted' }>): ListedInvitation => ({
  status: 'drafted',
  requestedBy: data.requestedBy,
  parties: data.parties.map(({ partnerId, role }) => ({ partnerId, role })),
  ...{ origin: data.origin, draftedAt: data.at, sentAt: null, expiresAt: null, closedAt: null, customerId: null },
});

const evolveKnown = (doc: ListedInvitation, event: InvitationEvent): ListedInvitation => {
  const { type, data } = event;
  switch (type) {
    case 'InvitationSent':
      return { ...doc, status: 'sent', sentAt: data.at, expiresAt: data.expiresAt };
    case 'InvitationLinkReissued':
      return { ...doc, expiresAt: data.expiresAt };
    case 'InvitationAccepted':
      return { ...doc, status: 'accepted', closedAt: data.at, customerId: data.customerId };
    case 'InvitationDeclined':
      return { ...doc, status: 'declined', closedAt: data.at, customerId: data.customerId };
    case 'InvitationCancelled':
      return { ...doc, status: 'cancelled', closedAt: data.at };
    case 'InvitationExpired':
      return { ...doc, status: 'expired' };
    default:
      return doc;
  }
};

/** The group that holds every invitation's document. */
export const INVITATIONS = 'invitations';

/** Where drafts stand among those that are sorted by when they expire: after all of them. */
export const DRAFTS_FROM = '~';

/** The index of a partner's invitations that were not answered, sorted by when they expire, drafts last. */
export const unanswered = (partnerId: string): string => `unanswered:${partnerId}`;

/** The index of a partner's invitations that came to this end, sorted by when they did. */
export const closed = (status: ClosedStatus, partnerId: string): string => `${status}:${partnerId}`;

const placeOf = ({ status, draftedAt, expiresAt, closedAt }: ListedInvitation) => {
  if (status === 'accepted' || status === 'declined' || status === 'cancelled')
    return { index: (partnerId: string) => closed(status, partnerId), sortedBy: byTime(closedAt ?? draftedAt) };
  return { index: unanswered, sortedBy: expiresAt === null ? `${DRAFTS_FROM}${byTime(draftedAt)}` : byTime(expiresAt) };
};

/**
 * Every invitation in the lists of its partners, by what has become of it. Whether one that was sent has expired depends
 * on the moment that it is asked, not on any event (D4): the index is sorted by that. Nothing personal is copied.
 */
export const invitations: DocumentProjection<ListedInvitation> = {
  name: 'invitations',
  version: 1,
  key: ({ event }) =>
    isOfInvitation(event)
      ? { owners: event.data.partnerIds, group: INVITATIONS, id: shortId(event.data.invitationId) }
      : null,
  evolve: (doc, { event }) => {
    if (event.type === 'InvitationDrafted') return drafted(event);
    return doc !== null && isOfInvitation(event) ? evolveKnown(doc, event) : doc;
  },
  entries: (doc, { id }) => {
    const { index, sortedBy } = placeOf(doc);
    return doc.parties.map(({ partnerId }) => ({
      owner: partnerId,
      index: index(partnerId),
      member: member(sortedBy, id),
    }));
  },
  pack,
  unpack,
};
