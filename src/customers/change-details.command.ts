import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { CustomerBody } from '../invitations/invitation.dto.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { customerStream } from './customer.events.js';
import { changeDetails, customer } from './customer.js';

/** How the customer is called from now on. */
export class ChangeDetailsBody extends CustomerBody {}

export class ChangeDetailsAnswer extends CommandAnswer {
  customerId!: string;
  customer!: CustomerBody;
}

/** The customer goes by another name or domain; its partners' lists follow (C5). */
export class ChangeDetails extends Command<ChangeDetailsAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly customerId: string,
    readonly body: ChangeDetailsBody,
  ) {
    super();
  }
}

@CommandHandler(ChangeDetails)
export class ChangeDetailsHandler implements ICommandHandler<ChangeDetails> {
  constructor(private readonly commands: CommandHandling) {}

  async execute({ context, customerId, body: { name, domain } }: ChangeDetails): Promise<ChangeDetailsAnswer> {
    const facts = { customerId, name, domain, at: context.now };
    const outcome = await this.commands.handle(customerStream(customerId), customer, context, (state) =>
      changeDetails(state, facts),
    );
    return { ...commandAnswer(outcome), customerId, customer: { name, domain } };
  }
}
