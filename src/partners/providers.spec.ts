import { fold } from '../kernel/decider.js';
import { decisionSpec } from '../kernel/given.fixture.js';
import type { PartnerEnrolled, ProviderConnected, ProviderDisconnected } from './partner.events.js';
import type { Partner } from './partner.js';
import { connect, disconnect, partner, requireConnected } from './partner.js';

const given = decisionSpec(partner);
const at = '2026-11-01T10:00:00.000Z';
const enrolled = (partnerId: string, kind: PartnerEnrolled['data']['kind']): PartnerEnrolled => ({
  type: 'PartnerEnrolled',
  data: { partnerId, name: partnerId, kind, at },
});
const contoso = enrolled('contoso', 'indirect-reseller');
const facts = { partnerId: 'contoso', providerId: 'tailspin', at };
const connected: ProviderConnected = { type: 'ProviderConnected', data: facts };
const disconnected: ProviderDisconnected = { type: 'ProviderDisconnected', data: facts };
const provider = fold(partner, [enrolled('tailspin', 'indirect-provider')]);
const nobody: Partner = partner.initial;

describe('A reseller and its providers', () => {
  it('are connected by one event in the reseller’s stream, which names no customers (R6)', () => {
    given([contoso])
      .when((state) => connect(state, provider, facts))
      .then([connected]);
  });

  it('are connected only when the reseller is enrolled (R2)', () => {
    given([])
      .when((state) => connect(state, provider, facts))
      .thenRejected('partner-not-enrolled');
  });

  it('are connected only when the provider is enrolled (R2)', () => {
    const { hints } = given([contoso])
      .when((state) => connect(state, nobody, facts))
      .thenRejected('provider-not-enrolled');
    expect(hints).toMatchObject({ rule: 'R2', next: expect.stringContaining('Ask the provider to enrol') });
  });

  it('are connected only to a partner that is a provider (R6)', () => {
    const other = fold(partner, [enrolled('northwind', 'indirect-reseller')]);
    const { hints } = given([contoso])
      .when((state) => connect(state, other, facts))
      .thenRejected('not-a-provider');
    expect(hints).toMatchObject({ rule: 'R6', state: 'indirect-reseller' });
  });

  it('are not connected from the provider’s side (R6)', () => {
    const { hints } = given([enrolled('tailspin', 'indirect-provider')])
      .when((state) => connect(state, provider, facts))
      .thenRejected('not-a-reseller');
    expect(hints.next).toContain('Let the reseller connect');
  });

  it('are connected once (R6)', () => {
    given([contoso, connected])
      .when((state) => connect(state, provider, facts))
      .thenRejected('provider-already-connected');
  });

  it('are disconnected, and may connect again (R6)', () => {
    given([contoso, connected])
      .when((state) => disconnect(state, facts))
      .then([disconnected]);
    given([contoso, connected, disconnected])
      .when((state) => connect(state, provider, facts))
      .then([connected]);
  });

  it('are not disconnected without a connection (R6)', () => {
    given([contoso, connected, disconnected])
      .when((state) => disconnect(state, facts))
      .thenRejected('provider-not-connected');
  });

  it('are kept apart from one another (R6)', () => {
    const other: ProviderConnected = { ...connected, data: { ...facts, providerId: 'wingtip' } };
    const state = fold(partner, [contoso, connected, other, disconnected]);
    expect(state).toMatchObject({ providers: new Map([['wingtip', at]]) });
  });

  it('must be connected before they invite jointly (C18)', () => {
    given([contoso, connected])
      .when((state) => (requireConnected(state, 'tailspin'), []))
      .then([]);
    const { kind, hints } = given([contoso, connected, disconnected])
      .when((state) => (requireConnected(state, 'tailspin'), []))
      .thenRejected('provider-not-connected');
    expect([kind, hints.rule]).toEqual(['conflict', 'C18']);
    expect(hints.next).toContain('Connect to the provider');
  });
});
