import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventSchemas } from '../kernel/upcasting.js';
import { CommandHandling } from './commands/command-handling.js';
import type { Config } from './config/config.js';
import { CONFIG } from './config/config.js';
import { EventStore } from './event-store/event-store.js';
import { SecretKeys } from './secrets/secret-keys.js';

/** What every slice stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, keys: SecretKeys, schemas: EventSchemas): DynamicModule {
    return {
      module: PlatformModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: EventStore, useFactory: () => new EventStore(config.eventStoreUrl ?? '', schemas) },
        { provide: SecretKeys, useValue: keys },
        CommandHandling,
      ],
      exports: [CONFIG, EventStore, SecretKeys, CommandHandling, CqrsModule],
    };
  }
}
