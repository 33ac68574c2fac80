import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { EventStore } from '../platform/event-store/event-store.js';
import type { OwnInvitation } from './invitation.dto.js';
import { invitationStream } from './invitation.events.js';
import { invitation, requireParty } from './invitation.js';
import { OwnInvitations } from './own-invitations.service.js';

/** One of a partner's invitations, as it stands in the log. */
export class GetOwnInvitation extends Query<OwnInvitation> {
  constructor(
    readonly partnerId: string,
    readonly invitationId: string,
  ) {
    super();
  }
}

@QueryHandler(GetOwnInvitation)
export class GetOwnInvitationHandler implements IQueryHandler<GetOwnInvitation> {
  constructor(
    private readonly store: EventStore,
    private readonly own: OwnInvitations,
  ) {}

  async execute({ partnerId, invitationId }: GetOwnInvitation): Promise<OwnInvitation> {
    const { state, revision } = await this.store.load(invitationStream(invitationId), invitation);
    const known = requireParty(state, partnerId);
    return { ...this.own.view(known, new Date().toISOString()), revision: String(revision) };
  }
}
