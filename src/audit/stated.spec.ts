import type { KnownEvent } from '../../projections/kernel/event-types.js';
import { established, removed } from '../customers/pair.fixture.js';
import { statedIn } from './stated.js';

const pair = { partnerId: 'contoso', customerId: 'fabrikam', at: '2026-03-02T12:00:00.000Z' };
const revoked = (evidence: { reference: string; actedAt: string } | null): KnownEvent => ({
  type: 'DelegatedAdminPrivilegesRevoked',
  data: { ...pair, by: evidence ? 'partner-with-evidence' : 'customer', evidence },
});

describe("What a pair's timeline tells in somebody's own words", () => {
  it('is why a relationship was removed (C23)', () => {
    const event = removed();
    expect(statedIn({ event })).toEqual({ reason: event.type === 'RelationshipRemoved' && event.data.reason });
  });

  it('is by what evidence a notice was given, and on which day (R28)', () => {
    const data = { ...pair, to: 'customer', givenOn: '2026-03-01', evidence: 'Letter 7' } as const;
    expect(statedIn({ event: { type: 'TerminationNoticeGiven', data } })).toEqual({
      evidence: 'Letter 7',
      on: '2026-03-01',
    });
  });

  it('is on what evidence privileges were ended, unless the customer did so itself (D3)', () => {
    const evidence = { reference: 'entry 9', actedAt: '2026-03-01' };
    expect(statedIn({ event: revoked(evidence) })).toEqual({ evidence: 'entry 9', on: '2026-03-01' });
    expect(statedIn({ event: revoked(null) })).toBeNull();
  });

  it('is nothing of other events', () => {
    expect(statedIn({ event: established() })).toBeNull();
  });
});
