import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses } from '../access/refusals.js';
import type { CustomerActor } from '../kernel/actor.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { InvitationPath } from '../platform/http/ids.dto.js';
import { AcceptInvitation, AcceptInvitationAnswer, AcceptInvitationBody } from './accept-invitation.command.js';
import { DeclineInvitation, DeclineInvitationAnswer, DeclineInvitationBody } from './decline-invitation.command.js';
import { SecretBody } from './invitation.dto.js';
import { ReceivedInvitation, ViewReceivedInvitation } from './received-invitation.query.js';

/** An invitation as the customer receives it: the secret of its link comes in the body, never in an address (D6). */
@ApiTags('received invitations')
@Controller('v1/invitations/:invitationId')
export class ReceivedInvitationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Who asks for what. Changes nothing (D6). */
  @Post('view')
  @HttpCode(200)
  @Allow('customer')
  view(@Param() { invitationId }: InvitationPath, @Body() { secret }: SecretBody): Promise<ReceivedInvitation> {
    return this.queries.execute(new ViewReceivedInvitation(invitationId, secret));
  }

  /** Accepts, once; the answer waits until the relationships stand (R14, D1). */
  @Post('accept')
  @Refuses(
    'invitation-drafted',
    'invitation-accepted',
    'invitation-declined',
    'invitation-cancelled',
    'invitation-expired',
    'relationship-exists',
    'not-a-party',
  )
  @HttpCode(200)
  @CommandRoute('customer')
  @ApiResponse({ status: 200, type: AcceptInvitationAnswer, description: 'Accepted; the relationships stand.' })
  @ApiResponse({ status: 202, type: AcceptInvitationAnswer, description: 'Accepted; the relationships follow.' })
  async accept(
    @CurrentCommand() context: CommandContext,
    @Param() { invitationId }: InvitationPath,
    @Body() body: AcceptInvitationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptInvitationAnswer> {
    const answer = await this.commands.execute(new AcceptInvitation(context, customerOf(context), invitationId, body));
    if (answer.relationships === 'pending') void reply.status(202).header('retry-after', '2');
    return answer;
  }

  /** Declines, with a reason (D4). */
  @Post('decline')
  @Refuses(
    'invitation-drafted',
    'invitation-accepted',
    'invitation-declined',
    'invitation-cancelled',
    'invitation-expired',
  )
  @HttpCode(200)
  @CommandRoute('customer')
  decline(
    @CurrentCommand() context: CommandContext,
    @Param() { invitationId }: InvitationPath,
    @Body() body: DeclineInvitationBody,
  ): Promise<DeclineInvitationAnswer> {
    return this.commands.execute(new DeclineInvitation(context, customerOf(context), invitationId, body));
  }
}

const customerOf = ({ actor }: CommandContext): string => (actor as CustomerActor).customerId;
