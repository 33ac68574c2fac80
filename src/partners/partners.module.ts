import { Module } from '@nestjs/common';
import { EnrolPartnerHandler } from './enrol-partner.command.js';
import { PartnersController } from './partners.http.js';

@Module({ controllers: [PartnersController], providers: [EnrolPartnerHandler] })
export class PartnersModule {}
