import { Module } from '@nestjs/common';
import { Moments } from '../platform/event-store/moments.service.js';
import { ResidualPrivilegesModule } from '../privileges/residual-privileges.module.js';
import { ChangeDetailsHandler } from './change-details.command.js';
import { CustomersController } from './customers.http.js';
import { ListCustomerPartnersHandler } from './customer-partners.query.js';
import { CustomerScan } from './customer-scan.service.js';
import { ListCustomersHandler } from './list-customers.query.js';
import { OwnCustomerController } from './own-customer.http.js';
import { ReadPairChangesHandler } from './pair-changes.query.js';
import { PairHistories } from './pair-histories.service.js';
import { PermissionsController } from './permissions.http.js';
import { ReadPermissionsHandler } from './permissions.query.js';
import { ReadCustomerHandler } from './read-customer.query.js';

@Module({
  imports: [ResidualPrivilegesModule],
  controllers: [CustomersController, PermissionsController, OwnCustomerController],
  providers: [
    PairHistories,
    Moments,
    CustomerScan,
    ListCustomersHandler,
    ListCustomerPartnersHandler,
    ChangeDetailsHandler,
    ReadCustomerHandler,
    ReadPermissionsHandler,
    ReadPairChangesHandler,
  ],
})
export class CustomersModule {}
