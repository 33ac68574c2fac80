import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CommandRoute, CurrentCommand } from '../access/access.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerCustomerPath } from '../platform/http/ids.dto.js';
import { currentAttestation } from './attestation.js';
import {
  AttestationBody,
  RemoveRelationship,
  RemoveRelationshipAnswer,
  RemoveRelationshipBody,
} from './remove-relationship.command.js';

@ApiTags('relationships')
@Controller('v1')
export class RelationshipsController {
  constructor(private readonly commands: CommandBus) {}

  /** The attestation to state word for word when removing a relationship (R26, R27). */
  @Get('attestations/current')
  @Allow('partner', 'customer', 'service', 'auditor')
  attestation(): AttestationBody {
    return currentAttestation();
  }

  /** Removes the relationship with a customer (C23). Delegated admin privileges stay in force (R25). */
  @Post('partners/:partnerId/customers/:customerId/removal')
  @CommandRoute(200, 'partner', 'service')
  remove(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Body() body: RemoveRelationshipBody,
  ): Promise<RemoveRelationshipAnswer> {
    return this.commands.execute(new RemoveRelationship(context, partnerId, customerId, body));
  }
}
