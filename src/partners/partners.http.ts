import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerPath } from '../platform/http/ids.dto.js';
import { EnrolPartner, EnrolPartnerAnswer, EnrolPartnerBody } from './enrol-partner.command.js';

@ApiTags('partners')
@Controller('v1/partners/:partnerId')
export class PartnersController {
  constructor(private readonly commands: CommandBus) {}

  /** Enrols the partner (R1, R2). */
  @Post('enrol')
  @Refuses('partner-already-enrolled')
  @HttpCode(201)
  @CommandRoute('partner', 'service')
  enrol(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId }: PartnerPath,
    @Body() body: EnrolPartnerBody,
  ): Promise<EnrolPartnerAnswer> {
    return this.commands.execute(new EnrolPartner(context, partnerId, body));
  }
}
