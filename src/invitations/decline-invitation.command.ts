import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Length } from 'class-validator';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { IsProse, NoLinkSecret } from '../platform/http/free-text.js';
import { InvitationLinks } from './invitation-links.service.js';
import { decline } from './invitation.decisions.js';
import { SecretBody } from './invitation.dto.js';
import { invitationStream } from './invitation.events.js';
import { invitation } from './invitation.js';

export class DeclineInvitationBody extends SecretBody {
  /** @example "We have another reseller." */
  @Length(1, 2_000)
  @IsProse()
  @NoLinkSecret()
  reason!: string;
}

export class DeclineInvitationAnswer extends CommandAnswer {
  invitationId!: string;
}

/** The customer declines, with a reason (D4). */
export class DeclineInvitation extends Command<DeclineInvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly customerId: string,
    readonly invitationId: string,
    readonly body: DeclineInvitationBody,
  ) {
    super();
  }
}

@CommandHandler(DeclineInvitation)
export class DeclineInvitationHandler implements ICommandHandler<DeclineInvitation> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly links: InvitationLinks,
  ) {}

  async execute({ context, customerId, invitationId, body }: DeclineInvitation): Promise<DeclineInvitationAnswer> {
    const by = { secretSha256: this.links.hash(body.secret), customerId, reason: body.reason, at: context.now };
    const outcome = await this.commands.handle(invitationStream(invitationId), invitation, context, (state) =>
      decline(state, by),
    );
    return { ...commandAnswer(outcome), invitationId };
  }
}
