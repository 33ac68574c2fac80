import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { partnerStream } from '../partners/partner.events.js';
import type { Partner } from '../partners/partner.js';
import { partner, requireEnrolled } from '../partners/partner.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { ExistingCustomers } from './existing-customers.service.js';
import { ImportSession } from './import-session.service.js';

/** Imports the customers that the vendor's other portals show (R4), from NDJSON; the answer is NDJSON too. */
export class ImportCustomers extends Command<AsyncIterable<string>> {
  constructor(
    readonly context: CommandContext,
    readonly partnerId: string,
    readonly body: AsyncIterable<Uint8Array>,
  ) {
    super();
  }
}

@CommandHandler(ImportCustomers)
export class ImportCustomersHandler implements ICommandHandler<ImportCustomers> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly customers: ExistingCustomers,
  ) {}

  /** @throws Rejection `partner-not-enrolled` (R2), before any row is read */
  async execute({ context, partnerId, body }: ImportCustomers): Promise<AsyncIterable<string>> {
    const isEnrolled = (state: Partner) => state.status === 'enrolled';
    const enrolled = requireEnrolled(await this.commands.known(partnerStream(partnerId), partner, isEnrolled));
    return new ImportSession((row) => this.customers.record(context, enrolled, row)).answers(body);
  }
}
