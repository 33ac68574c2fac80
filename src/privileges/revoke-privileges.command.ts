import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsDefined, Length, ValidateNested } from 'class-validator';
import { IsDayOrTime } from '../platform/http/as-of.dto.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { IsOneLine, NoLinkSecret } from '../platform/http/free-text.js';
import type { RevocationEvidence } from './privilege.events.js';
import { privilegeStream } from './privilege.events.js';
import { privileges, revoke } from './privilege.js';

export class EvidenceBody {
  /**
   * Where the customer's own act can be looked up.
   * @example "directory audit entry 4711"
   */
  @Length(1, 500)
  @IsOneLine()
  @NoLinkSecret()
  reference!: string;

  /**
   * When the customer acted: a day or a moment, not before the grant.
   * @example "2026-11-20T09:30:00Z"
   */
  @IsDayOrTime()
  actedAt!: string;
}

/** What a partner states when it reports that the customer ended its privileges (D3). */
export class ReportRevocationBody {
  @IsDefined()
  @ValidateNested()
  @Type(() => EvidenceBody)
  evidence!: EvidenceBody;
}

export class RevokePrivilegesAnswer extends CommandAnswer {
  partnerId!: string;
  customerId!: string;
  status!: string;
}

/** Ends delegated admin privileges: the customer's own act, or recorded evidence of it (D3). */
export class RevokePrivileges extends Command<RevokePrivilegesAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly customerId: string,
    readonly evidence: RevocationEvidence | null,
  ) {
    super();
  }
}

@CommandHandler(RevokePrivileges)
export class RevokePrivilegesHandler implements ICommandHandler<RevokePrivileges> {
  constructor(private readonly commands: CommandHandling) {}

  async execute({ context, partnerId, customerId, evidence }: RevokePrivileges): Promise<RevokePrivilegesAnswer> {
    const by = context.actor.kind === 'customer' ? 'customer' : 'partner-with-evidence';
    const facts = { partnerId, customerId, by, evidence, at: context.now } as const;
    const outcome = await this.commands.handle(privilegeStream(partnerId, customerId), privileges, context, (state) =>
      revoke(state, facts),
    );
    return { ...commandAnswer(outcome), partnerId, customerId, status: outcome.state.status };
  }
}
