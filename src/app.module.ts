import type { DynamicModule, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { RunnerModule } from '../projections/runner/runner.module.js';
import { AccessModule } from './access/access.module.js';
import type { TokenRules } from './access/token-verifier.js';
import { AuditModule } from './audit/audit.module.js';
import { EVENT_SCHEMAS } from './catalogue/catalogue.js';
import { CustomerImportModule } from './customers/customer-import.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { HealthModule } from './health/health.module.js';
import { AcceptanceWorkflowModule } from './invitations/acceptance.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import { PartnersModule } from './partners/partners.module.js';
import type { Config } from './platform/config/config.js';
import type { Role } from './platform/config/roles.js';
import { PlatformModule } from './platform/platform.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import type { SecretKeys } from './platform/secrets/secret-keys.js';
import { PrivilegesModule } from './privileges/privileges.module.js';
import { RelationshipsModule } from './relationships/relationships.module.js';

type Part = DynamicModule | Type;

const API: readonly Part[] = [
  PartnersModule,
  InvitationsModule,
  RelationshipsModule,
  PrivilegesModule,
  CustomersModule,
  CustomerImportModule,
  AuditModule,
];

const PARTS: Readonly<Record<Role, readonly Part[]>> = {
  api: API,
  projector: [RunnerModule],
  workflow: [AcceptanceWorkflowModule],
};

/** The service, or as much of it as the configured roles ask for; every process says how it is. */
@Module({})
export class AppModule {
  static with(config: Config, keys: SecretKeys, rules: TokenRules): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, keys, EVENT_SCHEMAS),
        RedisModule,
        AccessModule.with(rules),
        ...[...config.roles].flatMap((role) => PARTS[role]),
        HealthModule,
      ],
    };
  }
}
