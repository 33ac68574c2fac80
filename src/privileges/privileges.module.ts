import { Module } from '@nestjs/common';
import { PrivilegesController } from './privileges.http.js';
import { RevokePrivilegesHandler } from './revoke-privileges.command.js';

@Module({ controllers: [PrivilegesController], providers: [RevokePrivilegesHandler] })
export class PrivilegesModule {}
