import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { commandAnswer } from '../platform/http/answers.js';
import { partnerStream } from './partner.events.js';
import { connect, partner, requireEnrolled } from './partner.js';
import type { ProvidersAnswer } from './provider.dto.js';
import { providersView } from './providers.view.js';

/** Connects a reseller to a provider, so that both can invite jointly (C18); it brings no customers (R6). */
export class ConnectProvider extends Command<ProvidersAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly providerId: string,
  ) {
    super();
  }
}

@CommandHandler(ConnectProvider)
export class ConnectProviderHandler implements ICommandHandler<ConnectProvider> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly store: EventStore,
  ) {}

  async execute({ context, partnerId, providerId }: ConnectProvider): Promise<ProvidersAnswer> {
    const outcome = await this.commands.handle(partnerStream(partnerId), partner, context, async (state) => {
      const provider = await this.store.load(partnerStream(providerId), partner);
      return connect(state, provider.state, { partnerId, providerId, at: context.now });
    });
    return { ...commandAnswer(outcome), providers: providersView(requireEnrolled(outcome.state).providers) };
  }
}
