import { Module } from '@nestjs/common';
import { ResidualPrivilegesModule } from '../privileges/residual-privileges.module.js';
import { CustomersController } from './customers.http.js';
import { ListCustomersHandler } from './list-customers.query.js';
import { ReadCustomerHandler } from './read-customer.query.js';

@Module({
  imports: [ResidualPrivilegesModule],
  controllers: [CustomersController],
  providers: [ListCustomersHandler, ReadCustomerHandler],
})
export class CustomersModule {}
