import { Module } from '@nestjs/common';
import { Moments } from '../platform/event-store/moments.service.js';
import { ResidualPrivilegesModule } from '../privileges/residual-privileges.module.js';
import { CustomersController } from './customers.http.js';
import { ListCustomersHandler } from './list-customers.query.js';
import { ReadPairChangesHandler } from './pair-changes.query.js';
import { PairHistories } from './pair-histories.service.js';
import { PermissionsController } from './permissions.http.js';
import { ReadPermissionsHandler } from './permissions.query.js';
import { ReadCustomerHandler } from './read-customer.query.js';

@Module({
  imports: [ResidualPrivilegesModule],
  controllers: [CustomersController, PermissionsController],
  providers: [
    PairHistories,
    Moments,
    ListCustomersHandler,
    ReadCustomerHandler,
    ReadPermissionsHandler,
    ReadPairChangesHandler,
  ],
})
export class CustomersModule {}
