import { decisionSpec } from '../kernel/given.fixture.js';
import { enrol, partner, requireEnrolled } from './partner.js';
import type { PartnerEnrolled } from './partner.events.js';

const given = decisionSpec(partner);
const enrolled: PartnerEnrolled = {
  type: 'PartnerEnrolled',
  data: { partnerId: 'contoso', name: 'Contoso', kind: 'indirect-reseller', at: '2026-11-01T10:00:00.000Z' },
};

describe('A partner', () => {
  it('is enrolled before anything else (R2)', () => {
    given([])
      .when((state) => enrol(state, enrolled.data))
      .then([enrolled]);
  });

  it('is enrolled once (R2)', () => {
    given([enrolled])
      .when((state) => enrol(state, enrolled.data))
      .thenRejected('partner-already-enrolled');
  });

  it('may not invite before it is enrolled, and is told what to do (R2)', () => {
    const rejection = given([])
      .when((state) => (requireEnrolled(state), []))
      .thenRejected('partner-not-enrolled');
    expect(rejection.hints.next).toContain('Enrol');
  });
});
