import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerCustomerPath } from '../platform/http/ids.dto.js';
import { ReportRevocationBody, RevokePrivileges, RevokePrivilegesAnswer } from './revoke-privileges.command.js';

@ApiTags('privileges')
@Controller('v1')
export class PrivilegesController {
  constructor(private readonly commands: CommandBus) {}

  /** The customer ends a partner's delegated admin privileges (D3). */
  @Post('customers/:customerId/partners/:partnerId/privileges/revocation')
  @Refuses('privileges-not-in-force')
  @HttpCode(200)
  @CommandRoute('customer')
  revoke(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, customerId }: PartnerCustomerPath,
  ): Promise<RevokePrivilegesAnswer> {
    return this.commands.execute(new RevokePrivileges(context, partnerId, customerId, null));
  }

  /** The partner reports, with evidence, that the customer ended its privileges (D3). */
  @Post('partners/:partnerId/customers/:customerId/privileges/revocation')
  @Refuses('privileges-not-in-force', 'evidence-required', 'evidence-of-another-time')
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  report(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Body() { evidence }: ReportRevocationBody,
  ): Promise<RevokePrivilegesAnswer> {
    const { reference, actedAt } = evidence;
    return this.commands.execute(new RevokePrivileges(context, partnerId, customerId, { reference, actedAt }));
  }
}
