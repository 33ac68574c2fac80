import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses, RefusesQuery } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerCustomerPath } from '../platform/http/ids.dto.js';
import { GiveNotice, GiveNoticeAnswer, GiveNoticeBody } from './give-notice.command.js';
import { PreviewRemoval, PreviewRemovalBody, RemovalPreviewView } from './preview-removal.query.js';
import { RemoveRelationship, RemoveRelationshipAnswer, RemoveRelationshipBody } from './remove-relationship.command.js';

@ApiTags('relationships')
@Controller('v1')
export class RelationshipsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** What the removal would end and what it would leave: privileges (R25), others' relationships (D2). Changes nothing. */
  @Post('partners/:partnerId/customers/:customerId/removal/preview')
  @RefusesQuery('relationship-already-removed', 'notice-not-stated')
  @Allow('partner', 'service', 'auditor')
  @HttpCode(200)
  preview(
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Body() { notice }: PreviewRemovalBody,
  ): Promise<RemovalPreviewView> {
    return this.queries.execute(new PreviewRemoval(partnerId, customerId, notice));
  }

  /** Removes the relationship with a customer (C23). Delegated admin privileges stay in force (R25). */
  @Post('partners/:partnerId/customers/:customerId/removal')
  @Refuses('relationship-already-removed', 'attestation-not-stated', 'notice-not-stated')
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  remove(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Body() body: RemoveRelationshipBody,
  ): Promise<RemoveRelationshipAnswer> {
    return this.commands.execute(new RemoveRelationship(context, partnerId, customerId, body));
  }

  /** Records that the partner has given the legal notice that its removal requires (R28). This service gives none (R29). */
  @Post('partners/:partnerId/customers/:customerId/removal/notice')
  @Refuses('no-removal', 'notice-not-required', 'notice-already-given', 'notice-not-given-yet')
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  notice(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Body() body: GiveNoticeBody,
  ): Promise<GiveNoticeAnswer> {
    return this.commands.execute(new GiveNotice(context, partnerId, customerId, body));
  }
}
