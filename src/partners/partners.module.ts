import { Module } from '@nestjs/common';
import { ConnectProviderHandler } from './connect-provider.command.js';
import { DisconnectProviderHandler } from './disconnect-provider.command.js';
import { EnrolPartnerHandler } from './enrol-partner.command.js';
import { ListProvidersHandler } from './list-providers.query.js';
import { PartnersController } from './partners.http.js';
import { ProvidersController } from './providers.http.js';

@Module({
  controllers: [PartnersController, ProvidersController],
  providers: [EnrolPartnerHandler, ConnectProviderHandler, DisconnectProviderHandler, ListProvidersHandler],
})
export class PartnersModule {}
