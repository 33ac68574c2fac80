import { Module } from '@nestjs/common';
import { ResidualPrivilegesController } from './residual-privileges.http.js';
import { ListResidualPrivilegesHandler } from './residual-privileges.query.js';

@Module({ controllers: [ResidualPrivilegesController], providers: [ListResidualPrivilegesHandler] })
export class ResidualPrivilegesModule {}
