import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsString, Length, ValidateIf, ValidateNested } from 'class-validator';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { NoLinkSecret } from '../platform/http/free-text.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import type { Privileges, PrivilegesAsOf } from '../privileges/privilege.js';
import { privileges } from '../privileges/privilege.js';
import type { RelationshipRemoved } from './relationship.events.js';
import { relationshipStream } from './relationship.events.js';
import { relationship, remove } from './relationship.js';
import { remarksOn } from './remarks.js';

export class AttestationBody {
  /** @example 2026-11 */
  @IsString()
  version!: string;

  /** The representation of good faith, word for word (R26). */
  @IsString()
  goodFaith!: string;

  /** The agreement to defend and hold harmless, word for word (R27). */
  @IsString()
  indemnity!: string;
}

export class NoticeBody {
  /** Whether the agreement requires legal notice of termination (R28). */
  @IsBoolean()
  required!: boolean;

  /** To whom it is required; null when it is not. */
  @ValidateIf((_, value) => value !== null)
  @IsIn(['customer', 'partner'])
  to!: 'customer' | 'partner' | null;

  /** Whether it was given. This service gives none (R29). */
  @IsBoolean()
  given!: boolean;
}

export class RemoveRelationshipBody {
  @Length(1, 2_000)
  @NoLinkSecret()
  reason!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => AttestationBody)
  attestation!: AttestationBody;

  @IsDefined()
  @ValidateNested()
  @Type(() => NoticeBody)
  notice!: NoticeBody;
}

export class PrivilegesStatusView {
  /** in-force, revoked or none-recorded. */
  status!: string;
  since?: string;
  revokedAt?: string;
  /** The id of the event that says so. */
  basis!: string | null;
  asOfRevision!: string | null;
}

export class RemoveRelationshipAnswer extends CommandAnswer {
  partnerId!: string;
  customerId!: string;
  /** As recorded at the removal, which left them exactly as they were (R25). */
  privileges!: PrivilegesStatusView;
  /** What was stated of the legal notice; this service has given none (R29). */
  notice!: NoticeBody & { generatedByThisService: boolean };
  /** The same in words. */
  remarks!: string[];
}

/** Removes the partner's relationship with a customer (C23); privileges stay as they are (R25). */
export class RemoveRelationship extends Command<RemoveRelationshipAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly customerId: string,
    readonly body: RemoveRelationshipBody,
  ) {
    super();
  }
}

@CommandHandler(RemoveRelationship)
export class RemoveRelationshipHandler implements ICommandHandler<RemoveRelationship> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly store: EventStore,
  ) {}

  async execute({ context, partnerId, customerId, body }: RemoveRelationship): Promise<RemoveRelationshipAnswer> {
    const { reason, attestation, notice } = body;
    const stated = {
      ...{ partnerId, customerId, reason, attestedBy: context.actor.subject, at: context.now },
      attestation: { version: attestation.version, goodFaith: attestation.goodFaith, indemnity: attestation.indemnity },
      notice: { required: notice.required, to: notice.to, given: notice.given },
    };
    const stream = relationshipStream(partnerId, customerId);
    const outcome = await this.commands.handle(stream, relationship, context, async (state) =>
      remove(state, { ...stated, privileges: await this.privilegesOf(partnerId, customerId) }),
    );
    const { data } = outcome.events[0]?.event as RelationshipRemoved;
    return {
      ...commandAnswer(outcome),
      partnerId,
      customerId,
      privileges: data.privileges,
      notice: data.notice,
      remarks: remarksOn(data),
    };
  }

  private async privilegesOf(partnerId: string, customerId: string): Promise<PrivilegesAsOf> {
    const stream = privilegeStream(partnerId, customerId);
    const { state, revision, history } = await this.store.load<Privileges, PrivilegeEvent>(stream, privileges);
    return { ...state, basis: history.at(-1)?.id ?? null, asOfRevision: revision?.toString() ?? null };
  }
}
