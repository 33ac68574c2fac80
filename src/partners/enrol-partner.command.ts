import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { IsIn, Length } from 'class-validator';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { IsOneLine } from '../platform/http/free-text.js';
import type { PartnerKind } from './partner.events.js';
import { PARTNER_KINDS, partnerStream } from './partner.events.js';
import { enrol, partner, requireEnrolled } from './partner.js';

export class EnrolPartnerBody {
  /** @example "Contoso Cloud" */
  @Length(1, 200)
  @IsOneLine()
  name!: string;

  @IsIn(PARTNER_KINDS)
  kind!: PartnerKind;
}

export class EnrolledPartnerView {
  partnerId!: string;
  name!: string;
  kind!: PartnerKind;
}

export class EnrolPartnerAnswer extends CommandAnswer {
  partner!: EnrolledPartnerView;
}

/** Enrols the partner, so that it may invite customers (R2). */
export class EnrolPartner extends Command<EnrolPartnerAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly body: EnrolPartnerBody,
  ) {
    super();
  }
}

@CommandHandler(EnrolPartner)
export class EnrolPartnerHandler implements ICommandHandler<EnrolPartner> {
  constructor(private readonly commands: CommandHandling) {}

  async execute({ context, partnerId, body }: EnrolPartner): Promise<EnrolPartnerAnswer> {
    const outcome = await this.commands.handle(partnerStream(partnerId), partner, context, (state) =>
      enrol(state, { partnerId, ...body, at: context.now }),
    );
    const { name, kind } = requireEnrolled(outcome.state);
    return { ...commandAnswer(outcome), partner: { partnerId, name, kind } };
  }
}
