import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { IsISO8601, Length, Matches } from 'class-validator';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { IsOneLine, NoLinkSecret } from '../platform/http/free-text.js';
import type { TerminationNoticeGiven } from './relationship.events.js';
import { relationshipStream } from './relationship.events.js';
import { NO_NOTICE_GENERATED } from './remarks.js';
import { DAY, DAY_MESSAGE } from './removal.dto.js';
import { giveNotice, terminationNotice } from './termination-notice.js';

export class GiveNoticeBody {
  /**
   * The day on which the partner gave the notice.
   * @example 2026-11-20
   */
  @Matches(DAY, DAY_MESSAGE)
  @IsISO8601({ strict: true })
  givenOn!: string;

  /**
   * Where the notice can be looked up.
   * @example "registered letter RR 123"
   */
  @Length(1, 500)
  @IsOneLine()
  @NoLinkSecret()
  evidence!: string;
}

export class GiveNoticeAnswer extends CommandAnswer {
  partnerId!: string;
  customerId!: string;
  /** To whom the removal stated that it is required. */
  to!: string;
  givenOn!: string;
  /** Always false: the partner gave it (R29). */
  generatedByThisService!: boolean;
  remarks!: string[];
}

/** Records that the partner has given the legal notice that its removal requires (R28). */
export class GiveNotice extends Command<GiveNoticeAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly customerId: string,
    readonly body: GiveNoticeBody,
  ) {
    super();
  }
}

@CommandHandler(GiveNotice)
export class GiveNoticeHandler implements ICommandHandler<GiveNotice> {
  constructor(private readonly commands: CommandHandling) {}

  async execute({ context, partnerId, customerId, body }: GiveNotice): Promise<GiveNoticeAnswer> {
    const { givenOn, evidence } = body;
    const facts = { partnerId, customerId, givenOn, evidence, at: context.now };
    const stream = relationshipStream(partnerId, customerId);
    const outcome = await this.commands.handle(stream, terminationNotice, context, (state) => giveNotice(state, facts));
    const { data } = outcome.events[0]?.event as TerminationNoticeGiven;
    return {
      ...commandAnswer(outcome),
      ...{ partnerId, customerId, to: data.to, givenOn: data.givenOn },
      generatedByThisService: false,
      remarks: [NO_NOTICE_GENERATED],
    };
  }
}
