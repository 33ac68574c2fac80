import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { fold } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { derivedId } from '../platform/commands/command-context.js';
import { MayBeLeftOut } from '../platform/http/left-out.js';
import { IsId } from '../platform/http/ids.dto.js';
import type { Origin } from '../relationships/relationship.events.js';
import { ORIGINS } from '../relationships/relationship.events.js';
import type { InvitationRequest } from './invitation-facts.service.js';
import { InvitationFacts } from './invitation-facts.service.js';
import { DEFAULT_VALID_DAYS, MAX_VALID_DAYS, draft, send } from './invitation.decisions.js';
import type { InvitationAnswer } from './invitation.dto.js';
import { ContactBody } from './invitation.dto.js';
import type { InvitationEvent, Locale } from './invitation.events.js';
import { LOCALES } from './invitation.events.js';
import type { Invitation } from './invitation.js';
import { invitation } from './invitation.js';
import { OpenInvitations } from './open-invitations.service.js';
import { OwnInvitations } from './own-invitations.service.js';

export class RequestInvitationBody {
  @IsDefined()
  @ValidateNested()
  @Type(() => ContactBody)
  contact!: ContactBody;

  /**
   * The provider to be asked for along with the reseller; the reseller is connected to it (C18).
   * @example northwind
   */
  @MayBeLeftOut()
  @IsId()
  providerId?: string;

  /** Where the customer came from (R16). */
  @IsIn(ORIGINS)
  origin!: Origin;

  /** Whether delegated admin privileges are asked for (D3). */
  @MayBeLeftOut()
  @IsBoolean()
  privileges?: boolean = true;

  /** Days the link stays good after sending (D4). */
  @MayBeLeftOut()
  @Min(1)
  @Max(MAX_VALID_DAYS)
  @IsInt()
  validForDays?: number = DEFAULT_VALID_DAYS;

  /** The language of the draft. */
  @MayBeLeftOut()
  @IsIn(LOCALES)
  locale?: Locale = 'en';

  /** True closes the draft at once, for callers that need no review (C12). */
  @MayBeLeftOut()
  @IsBoolean()
  done?: boolean = false;
}

/** Asks for an invitation: the answer is a draft with the personal link (R8, C9). */
export class RequestInvitation extends Command<InvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly body: RequestInvitationBody,
  ) {
    super();
  }
}

type Asked = Pick<RequestInvitation, 'context' | 'partnerId' | 'body'>;
type Decide = (state: Invitation) => InvitationEvent[];

@CommandHandler(RequestInvitation)
export class RequestInvitationHandler implements ICommandHandler<RequestInvitation> {
  constructor(
    private readonly own: OwnInvitations,
    private readonly facts: InvitationFacts,
    private readonly open: OpenInvitations,
  ) {}

  async execute({ context, partnerId, body }: RequestInvitation): Promise<InvitationAnswer> {
    const invitationId = derivedId(context.commandId, 'invitation');
    const decide = await this.decision(invitationId, { context, partnerId, body });
    return this.own.change(context, partnerId, invitationId, decide, { likelyNew: true });
  }

  /** Whatever forbids it today concerns no invitation that this very request has drafted before (D7). */
  private async decision(id: string, { context, partnerId, body }: Asked): Promise<Decide> {
    try {
      const facts = await this.facts.of(id, partnerId, requestOf(body), context.now);
      await this.open.claim(facts, context);
      return (state) => {
        const drafted = draft(state, facts);
        return body.done === true ? [...drafted, ...send(fold(invitation, drafted), partnerId, context.now)] : drafted;
      };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return () => {
        throw error;
      };
    }
  }
}

const requestOf = ({ contact, origin, ...optional }: RequestInvitationBody): InvitationRequest => {
  const { providerId = null, privileges = true, validForDays = DEFAULT_VALID_DAYS, locale = 'en' } = optional;
  const { name, email } = contact;
  return { contact: { name, email }, providerId, origin, privileges, validForDays, locale };
};
