import type { Fact } from '../kernel/event-types.js';
import { joinFields, splitFields } from '../kernel/fields.js';
import { member } from '../kernel/member.js';
import type { DocumentProjection } from '../kernel/projection.js';
import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';

/** The notice that a removal requires, as long as it is not recorded as given (R28). */
export interface NoticeDue {
  readonly to: 'customer' | 'partner';
  /** The day by which it is due; null when none was stated. */
  readonly dueBy: string | null;
  readonly removedAt: string;
  /** The id of the removal's event, which says so. */
  readonly basis: string;
}

/** Sorts after every day. */
const NO_DAY = '~';

const evolve = (doc: NoticeDue | null, { event, id }: Fact): NoticeDue | null => {
  if (event.type === 'TerminationNoticeGiven') return null;
  if (event.type !== 'RelationshipRemoved') return doc;
  const { required, to, given, dueBy } = event.data.notice;
  return required && to !== null && !given ? { to, dueBy: dueBy ?? null, removedAt: event.data.at, basis: id } : null;
};

/** The index of a partner's notices due, the first due first. */
export const noticesOf = (partnerId: string): string => `due:${partnerId}`;

/**
 * Every removal whose required notice is not recorded as given (R28). Only a recorded notice takes it out, or a later
 * removal that states its own: a new relationship gives no notice, and nothing is inferred. Whether one is overdue depends
 * on the day that it is asked, and is in no document.
 */
export const noticesDue: DocumentProjection<NoticeDue> = {
  name: 'notices-due',
  version: 1,
  key: ({ event: { type, data } }) =>
    type === 'RelationshipRemoved' || type === 'TerminationNoticeGiven'
      ? { owners: [data.partnerId], group: data.partnerId, id: shortId(data.customerId) }
      : null,
  evolve,
  entries: ({ dueBy }, { group, id }) => [{ index: noticesOf(group), member: member(dueBy ?? NO_DAY, id) }],
  pack: ({ to, dueBy, removedAt, basis }) => joinFields([to, dueBy, shortTime(removedAt), shortId(basis)]),
  unpack: (packed) => {
    const [to, dueBy, removedAt = '', basis = ''] = splitFields(packed);
    return { to: to as NoticeDue['to'], dueBy: dueBy || null, removedAt: fullTime(removedAt), basis: fullId(basis) };
  },
};
