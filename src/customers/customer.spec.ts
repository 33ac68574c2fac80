import { decisionSpec } from '../kernel/given.fixture.js';
import { changeDetails, customer, register } from './customer.js';
import { at, registered } from './pair.fixture.js';

const given = decisionSpec(customer);
const facts = { customerId: 'fabrikam', name: 'Fabrikam Indústria', domain: 'fabrikam.example', at: at(1) };

describe('A customer', () => {
  it('becomes known once, and stays as it is when it is registered again (R2)', () => {
    given([])
      .when((state) => register(state, facts))
      .then([{ type: 'CustomerRegistered', data: facts }]);
    given([registered()])
      .when((state) => register(state, facts))
      .then([]);
  });

  it('says how it is called from now on (C5)', () => {
    given([registered()])
      .when((state) => changeDetails(state, facts))
      .then([{ type: 'CustomerDetailsChanged', data: facts }]);
  });

  it('says on record what it is called already, so that the repetition is known (D7)', () => {
    given([registered(), { type: 'CustomerDetailsChanged', data: facts }])
      .when((state) => changeDetails(state, { ...facts, at: at(2) }))
      .then([{ type: 'CustomerDetailsChanged', data: { ...facts, at: at(2) } }]);
  });

  it('changes nothing while it is not known here (R2)', () => {
    given([])
      .when((state) => changeDetails(state, facts))
      .thenRejected('customer-not-known');
  });
});
