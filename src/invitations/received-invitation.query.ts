import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { partnerStream } from '../partners/partner.events.js';
import { partner, requireEnrolled } from '../partners/partner.js';
import { EventStore } from '../platform/event-store/event-store.js';
import type { RelationshipRole } from '../relationships/relationship.events.js';
import { InvitationLinks } from './invitation-links.service.js';
import type { Party } from './invitation.events.js';
import { invitationStream } from './invitation.events.js';
import type { InvitationStatus } from './invitation.js';
import { invitation, requireGenuine, statusAt } from './invitation.js';

export class InvitingPartner {
  partnerId!: string;
  name!: string;
  role!: RelationshipRole;
}

/** What the holder of the genuine link may know: who asks for what, and whether it can still be accepted (D6). */
export class ReceivedInvitation {
  invitationId!: string;
  status!: InvitationStatus;
  from!: InvitingPartner[];
  privilegesRequested!: boolean;
  expiresAt?: string;
}

/** Opens a link. Changes nothing: mail scanners open links (D6). */
export class ViewReceivedInvitation extends Query<ReceivedInvitation> {
  constructor(
    readonly invitationId: string,
    readonly secret: string,
  ) {
    super();
  }
}

@QueryHandler(ViewReceivedInvitation)
export class ViewReceivedInvitationHandler implements IQueryHandler<ViewReceivedInvitation> {
  constructor(
    private readonly store: EventStore,
    private readonly links: InvitationLinks,
  ) {}

  async execute({ invitationId, secret }: ViewReceivedInvitation): Promise<ReceivedInvitation> {
    const { state } = await this.store.load(invitationStream(invitationId), invitation);
    const known = requireGenuine(state, this.links.hash(secret));
    const from = await Promise.all(known.parties.map((party) => this.inviting(party)));
    const { privilegesRequested, expiresAt } = known;
    const status = statusAt(known, new Date().toISOString());
    return { invitationId, status, from, privilegesRequested, ...(expiresAt !== undefined && { expiresAt }) };
  }

  private async inviting({ partnerId, role }: Party): Promise<InvitingPartner> {
    const { state } = await this.store.load(partnerStream(partnerId), partner);
    return { partnerId, name: requireEnrolled(state).name, role };
  }
}
