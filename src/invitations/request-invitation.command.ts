import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { fold } from '../kernel/decider.js';
import { partnerStream } from '../partners/partner.events.js';
import type { Partner } from '../partners/partner.js';
import { partner, requireEnrolled } from '../partners/partner.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { derivedId } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import type { Origin } from '../relationships/relationship.events.js';
import { ORIGINS } from '../relationships/relationship.events.js';
import { DraftTemplates } from './draft-templates.service.js';
import { firstDraft } from './draft.js';
import { InvitationLinks } from './invitation-links.service.js';
import { DEFAULT_VALID_DAYS, MAX_VALID_DAYS, draft, send } from './invitation.decisions.js';
import type { InvitationAnswer } from './invitation.dto.js';
import { ContactBody } from './invitation.dto.js';
import type { Invitation } from './invitation.js';
import { invitation } from './invitation.js';
import { OpenInvitations } from './open-invitations.service.js';
import type { InvitationDrafted, Locale } from './invitation.events.js';
import { LOCALES } from './invitation.events.js';
import { OwnInvitations } from './own-invitations.service.js';

export class RequestInvitationBody {
  @IsDefined()
  @ValidateNested()
  @Type(() => ContactBody)
  contact!: ContactBody;

  /** Where the customer came from (R16). */
  @IsIn(ORIGINS)
  origin!: Origin;

  /** Whether delegated admin privileges are asked for (D3). */
  @IsOptional()
  @IsBoolean()
  privileges?: boolean = true;

  /** Days the link stays good after sending (D4). */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_VALID_DAYS)
  validForDays?: number = DEFAULT_VALID_DAYS;

  /** The language of the draft. */
  @IsOptional()
  @IsIn(LOCALES)
  locale?: Locale = 'en';

  /** True closes the draft at once, for callers that need no review (C12). */
  @IsOptional()
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

@CommandHandler(RequestInvitation)
export class RequestInvitationHandler implements ICommandHandler<RequestInvitation> {
  constructor(
    private readonly own: OwnInvitations,
    private readonly commands: CommandHandling,
    private readonly links: InvitationLinks,
    private readonly templates: DraftTemplates,
    private readonly open: OpenInvitations,
  ) {}

  async execute({ context, partnerId, body }: RequestInvitation): Promise<InvitationAnswer> {
    const invitationId = derivedId(context.commandId, 'invitation');
    const facts = await this.facts(invitationId, partnerId, body, context.now);
    await this.open.claim(facts, context);
    const decide = (state: Invitation) => {
      const drafted = draft(state, facts);
      return body.done === true ? [...drafted, ...send(fold(invitation, drafted), partnerId, context.now)] : drafted;
    };
    return this.own.change(context, partnerId, invitationId, decide, { likelyNew: true });
  }

  private async facts(
    invitationId: string,
    partnerId: string,
    { contact, origin, privileges = true, validForDays = DEFAULT_VALID_DAYS, locale = 'en' }: RequestInvitationBody,
    at: string,
  ): Promise<InvitationDrafted['data']> {
    const isEnrolled = ({ status }: Partner) => status === 'enrolled';
    const { name } = requireEnrolled(await this.commands.known(partnerStream(partnerId), partner, isEnrolled));
    const names = { partner: name, provider: null, contact: contact.name };
    return {
      invitationId,
      partnerIds: [partnerId],
      requestedBy: partnerId,
      parties: [{ partnerId, role: 'reseller' }],
      contact: { name: contact.name, email: contact.email },
      origin,
      privilegesRequested: privileges,
      validForDays,
      locale,
      draft: firstDraft(this.templates.in(locale), names, privileges),
      link: this.links.issue(invitationId, 1),
      at,
    };
  }
}
