import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { CommandGuard } from './command.guard.js';
import type { TokenRules } from './token-verifier.js';
import { TokenVerifier } from './token-verifier.js';

/** Guards every route: first who is calling, then what a command says of itself. */
@Module({})
export class AccessModule {
  static with(rules: TokenRules): DynamicModule {
    return {
      module: AccessModule,
      providers: [
        { provide: TokenVerifier, useFactory: () => new TokenVerifier(rules) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: CommandGuard },
      ],
    };
  }
}
