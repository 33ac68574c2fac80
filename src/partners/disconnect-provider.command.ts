import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { commandAnswer } from '../platform/http/answers.js';
import { partnerStream } from './partner.events.js';
import { disconnect, partner, requireEnrolled } from './partner.js';
import type { ProvidersAnswer } from './provider.dto.js';
import { providersView } from './providers.view.js';

/** Ends a reseller's connection to a provider; relationships stay as they are (D2). */
export class DisconnectProvider extends Command<ProvidersAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly providerId: string,
  ) {
    super();
  }
}

@CommandHandler(DisconnectProvider)
export class DisconnectProviderHandler implements ICommandHandler<DisconnectProvider> {
  constructor(private readonly commands: CommandHandling) {}

  async execute({ context, partnerId, providerId }: DisconnectProvider): Promise<ProvidersAnswer> {
    const outcome = await this.commands.handle(partnerStream(partnerId), partner, context, (state) =>
      disconnect(state, { partnerId, providerId, at: context.now }),
    );
    return { ...commandAnswer(outcome), providers: providersView(requireEnrolled(outcome.state).providers) };
  }
}
