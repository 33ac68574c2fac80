import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../platform/commands/command-context.js';
import { InvitationLinks } from './invitation-links.service.js';
import { reissue } from './invitation.decisions.js';
import type { InvitationAnswer } from './invitation.dto.js';
import { requireOwn } from './invitation.js';
import { OwnInvitations } from './own-invitations.service.js';

/** Issues a new link; the old one dies (D4). */
export class ReissueLink extends Command<InvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly invitationId: string,
  ) {
    super();
  }
}

@CommandHandler(ReissueLink)
export class ReissueLinkHandler implements ICommandHandler<ReissueLink> {
  constructor(
    private readonly own: OwnInvitations,
    private readonly links: InvitationLinks,
  ) {}

  execute({ context, partnerId, invitationId }: ReissueLink): Promise<InvitationAnswer> {
    return this.own.change(context, partnerId, invitationId, (state) => {
      const { issue } = requireOwn(state, partnerId).link;
      return reissue(state, partnerId, this.links.issue(invitationId, issue + 1), context.now);
    });
  }
}
