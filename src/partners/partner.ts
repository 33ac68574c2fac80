import type { Decider } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type {
  PartnerEnrolled,
  PartnerEvent,
  PartnerKind,
  ProviderConnected,
  ProviderDisconnected,
} from './partner.events.js';

/** The providers a reseller is connected to, each with since when (ISO 8601, UTC). */
export type ConnectedProviders = ReadonlyMap<string, string>;

export type Partner =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'enrolled';
      readonly partnerId: string;
      readonly name: string;
      readonly kind: PartnerKind;
      readonly providers: ConnectedProviders;
    };

export type EnrolledPartner = Extract<Partner, { status: 'enrolled' }>;

const connectedAfter = (
  before: ConnectedProviders,
  { type, data }: ProviderConnected | ProviderDisconnected,
): ConnectedProviders => {
  const others = [...before].filter(([providerId]) => providerId !== data.providerId);
  return new Map(type === 'ProviderConnected' ? [...others, [data.providerId, data.at]] : others);
};

export const partner: Decider<Partner, PartnerEvent> = {
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    if (event.type === 'PartnerEnrolled') {
      const { partnerId, name, kind } = event.data;
      return { status: 'enrolled', partnerId, name, kind, providers: new Map() };
    }
    return state.status === 'enrolled' ? { ...state, providers: connectedAfter(state.providers, event) } : state;
  },
};

/** Enrols a partner, once (R2). */
export const enrol = (state: Partner, facts: PartnerEnrolled['data']): PartnerEvent[] => {
  if (state.status === 'enrolled')
    throw new Rejection('conflict', 'partner-already-enrolled', `The partner is enrolled already, as ${state.name}.`, {
      rule: 'R2',
      state: 'enrolled',
      next: 'Nothing is left to do: invite customers, or connect to a provider.',
    });
  return [{ type: 'PartnerEnrolled', data: facts }];
};

/** Only an enrolled partner may act here (R2). */
export const requireEnrolled = (state: Partner): EnrolledPartner => {
  if (state.status !== 'enrolled')
    throw new Rejection('conflict', 'partner-not-enrolled', 'The partner is not enrolled yet.', {
      rule: 'R2',
      state: 'unknown',
      next: 'Enrol the partner, then repeat this request.',
    });
  return state;
};

/** Connects an enrolled reseller to an enrolled provider (C18). The provider's customers do not come with it (R6). */
export const connect = (state: Partner, provider: Partner, facts: ProviderConnected['data']): PartnerEvent[] => {
  const { kind, providers } = requireEnrolled(state);
  if (kind !== 'indirect-reseller')
    throw new Rejection('conflict', 'not-a-reseller', `Only an indirect reseller connects; this is an ${kind}.`, {
      rule: 'R6',
      state: kind,
      next: 'Let the reseller connect to this provider.',
    });
  requireProvider(provider);
  const since = providers.get(facts.providerId);
  if (since !== undefined)
    throw new Rejection('conflict', 'provider-already-connected', `It has been connected since ${since}.`, {
      rule: 'R6',
      state: 'connected',
      next: 'Nothing is left to do: invite customers jointly with it.',
    });
  return [{ type: 'ProviderConnected', data: facts }];
};

const requireProvider = (provider: Partner): void => {
  if (provider.status !== 'enrolled')
    throw new Rejection('conflict', 'provider-not-enrolled', 'The provider is not enrolled yet.', {
      rule: 'R2',
      state: 'unknown',
      next: 'Ask the provider to enrol, then repeat this request.',
    });
  if (provider.kind !== 'indirect-provider')
    throw new Rejection('conflict', 'not-a-provider', `${provider.name} is an ${provider.kind}.`, {
      rule: 'R6',
      state: provider.kind,
      next: 'Connect to a partner of the kind indirect-provider.',
    });
};

/** Ends the connection. Relationships that were established meanwhile stay (D2). */
export const disconnect = (state: Partner, facts: ProviderDisconnected['data']): PartnerEvent[] => {
  if (!requireEnrolled(state).providers.has(facts.providerId))
    throw new Rejection('conflict', 'provider-not-connected', 'The reseller is not connected to this provider.', {
      rule: 'R6',
      state: 'not-connected',
      next: 'List the providers it is connected to.',
    });
  return [{ type: 'ProviderDisconnected', data: facts }];
};

/** A joint invitation names a provider that the reseller is connected to (C18). */
export const requireConnected = (state: Partner, providerId: string): void => {
  if (requireEnrolled(state).providers.has(providerId)) return;
  throw new Rejection('conflict', 'provider-not-connected', 'The reseller is not connected to this provider.', {
    rule: 'C18',
    state: 'not-connected',
    next: 'Connect to the provider, then repeat this request.',
  });
};
