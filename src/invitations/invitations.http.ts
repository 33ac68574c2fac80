import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerInvitationPath, PartnerPath } from '../platform/http/ids.dto.js';
import { CancelInvitation } from './cancel-invitation.command.js';
import { CloseDraft } from './close-draft.command.js';
import { EditDraft } from './edit-draft.command.js';
import { DraftBody, InvitationAnswer, OwnInvitation } from './invitation.dto.js';
import { GetOwnInvitation } from './own-invitation.query.js';
import { ReissueLink } from './reissue-link.command.js';
import { RequestInvitation, RequestInvitationBody } from './request-invitation.command.js';

/** A partner's own invitations. */
@ApiTags('invitations')
@Controller('v1/partners/:partnerId/invitations')
export class InvitationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Asks for an invitation: the answer is a draft e-mail with the personal link (R8, C9). */
  @Post()
  @Refuses(
    'partner-not-enrolled',
    'provider-not-connected',
    'invitation-open',
    'invitation-abandoned',
    'relationship-exists',
  )
  @HttpCode(201)
  @CommandRoute('partner', 'service')
  request(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId }: PartnerPath,
    @Body() body: RequestInvitationBody,
  ): Promise<InvitationAnswer> {
    return this.commands.execute(new RequestInvitation(context, partnerId, body));
  }

  /** One invitation with its draft. */
  @Get(':invitationId')
  @Allow('partner', 'service')
  get(@Param() { partnerId, invitationId }: PartnerInvitationPath): Promise<OwnInvitation> {
    return this.queries.execute(new GetOwnInvitation(partnerId, invitationId));
  }

  /** Edits the draft; the personal link must stay in the text (R11). */
  @Put(':invitationId/draft')
  @Refuses(
    'invitation-sent',
    'invitation-accepted',
    'invitation-declined',
    'invitation-cancelled',
    'invitation-expired',
    'draft-without-link',
    'draft-with-foreign-link',
  )
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  edit(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, invitationId }: PartnerInvitationPath,
    @Body() body: DraftBody,
  ): Promise<InvitationAnswer> {
    return this.commands.execute(new EditDraft(context, partnerId, invitationId, body));
  }

  /** "Done": closes the draft and records InvitationSent (C12). The mail is the partner's to send (R13). */
  @Post(':invitationId/done')
  @Refuses(
    'invitation-sent',
    'invitation-accepted',
    'invitation-declined',
    'invitation-cancelled',
    'invitation-expired',
  )
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  done(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, invitationId }: PartnerInvitationPath,
  ): Promise<InvitationAnswer> {
    return this.commands.execute(new CloseDraft(context, partnerId, invitationId));
  }

  /** Issues a new link; the old one dies (D4). The draft shows it, to be sent again. */
  @Post(':invitationId/reissue')
  @Refuses(
    'invitation-drafted',
    'invitation-accepted',
    'invitation-declined',
    'invitation-cancelled',
    'invitation-expired',
  )
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  reissue(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, invitationId }: PartnerInvitationPath,
  ): Promise<InvitationAnswer> {
    return this.commands.execute(new ReissueLink(context, partnerId, invitationId));
  }

  /** Takes the invitation back (D4). */
  @Post(':invitationId/cancel')
  @Refuses('invitation-accepted', 'invitation-declined', 'invitation-cancelled', 'invitation-expired')
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  cancel(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, invitationId }: PartnerInvitationPath,
  ): Promise<InvitationAnswer> {
    return this.commands.execute(new CancelInvitation(context, partnerId, invitationId));
  }
}
