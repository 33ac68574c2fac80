import type { Readable } from 'node:stream';
import { Controller, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { PartnerPath } from '../platform/http/ids.dto.js';
import { NDJSON, NdjsonBody, NdjsonRoute, ndjsonAnswer } from '../platform/ndjson/ndjson.js';
import { ExistingCustomerRow, ImportEnd, ImportedRow } from './existing-customer.dto.js';
import { ImportCustomers } from './import-customers.command.js';

@ApiTags('customers')
@Controller('v1/partners/:partnerId/customers')
export class CustomerImportController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Imports the customers that the vendor's other portals show (R4): one JSON object to a line, a million at most, none
   * longer than 16 KiB. The answer has a line for each row, in their order, and a summary as its last line; without that
   * last line, or with a `problem` in it, repeat the whole import with the same Idempotency-Key: what was done is not
   * done again, and is answered as before (D7). No privileges follow from an import (D3).
   */
  @Post('import')
  @Refuses('partner-not-enrolled')
  @HttpCode(200)
  @CommandRoute('partner', 'service')
  @NdjsonRoute()
  @ApiBody({ type: ExistingCustomerRow })
  @ApiExtraModels(ImportedRow, ImportEnd)
  @ApiOkResponse({
    description: 'A line for each row, then the last line.',
    content: {
      [NDJSON]: { schema: { oneOf: [{ $ref: getSchemaPath(ImportedRow) }, { $ref: getSchemaPath(ImportEnd) }] } },
    },
  })
  async import(
    @CurrentCommand() context: CommandContext,
    @Param() { partnerId }: PartnerPath,
    @NdjsonBody() body: Readable,
  ): Promise<StreamableFile> {
    return ndjsonAnswer(await this.commands.execute(new ImportCustomers(context, partnerId, body)));
  }
}
