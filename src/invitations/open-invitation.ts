import type { Decider } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';

/** An invitation has taken the one place there is for these partners and this contact (D5). */
export type InvitationReserved = DomainEvent<
  'InvitationReserved',
  { invitationId: string; partnerIds: readonly string[]; at: string }
>;

/** Who holds the place: whether it still counts depends on that invitation alone. */
export interface OpenInvitation {
  readonly holder: string | null;
}

export const openInvitation: Decider<OpenInvitation, InvitationReserved> = {
  initial: { holder: null },
  evolve: (_, { data }) => ({ holder: data.invitationId }),
};

/** Takes the place, whoever held it before; nothing when it is held already. */
export const reserve = (holder: string | null, facts: InvitationReserved['data']): InvitationReserved[] =>
  holder === facts.invitationId ? [] : [{ type: 'InvitationReserved', data: facts }];

/** The stream of one place. `place` is a keyed hash, because it stands for a person's address. */
export const openInvitationStream = (place: string): string => `open-invitation-${place}`;

/** What the place stands for: the same partners in whatever order, the same address in whatever case (D5). */
export const placeOf = (partnerIds: readonly string[], email: string): string =>
  JSON.stringify([[...partnerIds].sort(), email.trim().toLowerCase()]);
