import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses, RefusesQuery } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerPath } from '../platform/http/ids.dto.js';
import { ConnectProvider } from './connect-provider.command.js';
import { DisconnectProvider } from './disconnect-provider.command.js';
import { ConnectedProviders, ListProviders } from './list-providers.query.js';
import { PartnerProviderPath, ProvidersAnswer } from './provider.dto.js';

/** The providers that stand behind a reseller. */
@ApiTags('providers')
@Controller('v1/partners/:partnerId/providers')
export class ProvidersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** The providers the reseller is connected to. */
  @Get()
  @RefusesQuery('partner-not-enrolled')
  @Allow('partner', 'service', 'auditor')
  list(@Param() { partnerId }: PartnerPath): Promise<ConnectedProviders> {
    return this.queries.execute(new ListProviders(partnerId));
  }

  /** Connects the reseller to a provider, so that both can invite jointly (C18). It brings no customers (R6). */
  @Post(':providerId/connect')
  @Refuses(
    'partner-not-enrolled',
    'not-a-reseller',
    'not-a-provider',
    'provider-not-enrolled',
    'provider-already-connected',
  )
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  connect(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, providerId }: PartnerProviderPath,
  ): Promise<ProvidersAnswer> {
    return this.commands.execute(new ConnectProvider(context, partnerId, providerId));
  }

  /** Ends the connection. Relationships stay as they are (D2). */
  @Post(':providerId/disconnect')
  @Refuses('partner-not-enrolled', 'provider-not-connected')
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  disconnect(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId, providerId }: PartnerProviderPath,
  ): Promise<ProvidersAnswer> {
    return this.commands.execute(new DisconnectProvider(context, partnerId, providerId));
  }
}
