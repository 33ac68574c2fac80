import { Module } from '@nestjs/common';
import { CustomerImportController } from './customer-import.http.js';
import { ExistingCustomers } from './existing-customers.service.js';
import { ImportCustomersHandler } from './import-customers.command.js';

@Module({
  controllers: [CustomerImportController],
  providers: [ImportCustomersHandler, ExistingCustomers],
})
export class CustomerImportModule {}
