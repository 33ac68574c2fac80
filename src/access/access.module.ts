import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { CommandGuard } from './command.guard.js';
import { QueryGuard } from './query.guard.js';
import type { TokenRules } from './token-verifier.js';
import { TokenVerifier } from './token-verifier.js';

/** Guards every route: who is calling, what a command says of itself, and that nothing is asked that it does not know. */
@Module({})
export class AccessModule {
  static with(rules: TokenRules): DynamicModule {
    return {
      module: AccessModule,
      providers: [
        { provide: TokenVerifier, useFactory: () => new TokenVerifier(rules) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: CommandGuard },
        { provide: APP_GUARD, useClass: QueryGuard },
      ],
    };
  }
}
