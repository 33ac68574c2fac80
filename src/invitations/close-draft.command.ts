import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../platform/commands/command-context.js';
import { send } from './invitation.decisions.js';
import type { InvitationAnswer } from './invitation.dto.js';
import { OwnInvitations } from './own-invitations.service.js';

/** "Done": closes the draft, which records InvitationSent (C12). The partner sends the mail itself (R13). */
export class CloseDraft extends Command<InvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly invitationId: string,
  ) {
    super();
  }
}

@CommandHandler(CloseDraft)
export class CloseDraftHandler implements ICommandHandler<CloseDraft> {
  constructor(private readonly own: OwnInvitations) {}

  execute({ context, partnerId, invitationId }: CloseDraft): Promise<InvitationAnswer> {
    return this.own.change(context, partnerId, invitationId, (state) => send(state, partnerId, context.now));
  }
}
