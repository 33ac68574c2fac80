import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../platform/commands/command-context.js';
import { InvitationLinks } from './invitation-links.service.js';
import { editDraft, requireEditable } from './invitation.decisions.js';
import type { DraftBody, InvitationAnswer } from './invitation.dto.js';
import { OwnInvitations } from './own-invitations.service.js';

/** Edits the draft's text; the personal link must stay in it (R11). */
export class EditDraft extends Command<InvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly invitationId: string,
    readonly body: DraftBody,
  ) {
    super();
  }
}

@CommandHandler(EditDraft)
export class EditDraftHandler implements ICommandHandler<EditDraft> {
  constructor(
    private readonly own: OwnInvitations,
    private readonly links: InvitationLinks,
  ) {}

  execute({ context, partnerId, invitationId, body }: EditDraft): Promise<InvitationAnswer> {
    return this.own.change(context, partnerId, invitationId, (state) => {
      const link = this.links.linkFor(invitationId, requireEditable(state, partnerId, context.now).link);
      return editDraft(state, partnerId, this.links.seal(body, link), context.now);
    });
  }
}
