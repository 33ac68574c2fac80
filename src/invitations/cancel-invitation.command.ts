import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../platform/commands/command-context.js';
import { cancel } from './invitation.decisions.js';
import type { InvitationAnswer } from './invitation.dto.js';
import { OwnInvitations } from './own-invitations.service.js';

/** Takes the invitation back; from then on its link is good for nothing (D4). */
export class CancelInvitation extends Command<InvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly invitationId: string,
  ) {
    super();
  }
}

@CommandHandler(CancelInvitation)
export class CancelInvitationHandler implements ICommandHandler<CancelInvitation> {
  constructor(private readonly own: OwnInvitations) {}

  execute({ context, partnerId, invitationId }: CancelInvitation): Promise<InvitationAnswer> {
    return this.own.change(context, partnerId, invitationId, (state) => cancel(state, partnerId, context.now));
  }
}
