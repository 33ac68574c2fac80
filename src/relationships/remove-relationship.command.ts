import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsDefined, Length, ValidateNested } from 'class-validator';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { IsProse, NoLinkSecret } from '../platform/http/free-text.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import { privilegesAsOf } from '../privileges/privileges-as-of.js';
import type { RelationshipRemoved } from './relationship.events.js';
import { relationshipStream } from './relationship.events.js';
import { relationship, remove } from './relationship.js';
import { remarksOn } from './remarks.js';
import { AttestationBody, NoticeBody, PrivilegesStatusView, StatedNoticeView, noticeFrom } from './removal.dto.js';

export class RemoveRelationshipBody {
  /** @example "The contract has ended" */
  @Length(1, 2_000)
  @IsProse()
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

export class RemoveRelationshipAnswer extends CommandAnswer {
  partnerId!: string;
  customerId!: string;
  /** As recorded at the removal, which left them exactly as they were (R25). */
  privileges!: PrivilegesStatusView;
  /** What was stated of the legal notice; this service has given none (R29). */
  notice!: StatedNoticeView;
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
      attestation,
      notice: noticeFrom(notice),
    };
    const stream = relationshipStream(partnerId, customerId);
    const outcome = await this.commands.handle(stream, relationship, context, async (state) =>
      remove(state, {
        ...stated,
        privileges: privilegesAsOf(await this.store.read(privilegeStream(partnerId, customerId))),
      }),
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
}
