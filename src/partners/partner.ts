import type { Decider } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { PartnerEnrolled, PartnerEvent, PartnerKind } from './partner.events.js';

export type Partner =
  | { readonly status: 'unknown' }
  | { readonly status: 'enrolled'; readonly partnerId: string; readonly name: string; readonly kind: PartnerKind };

export type EnrolledPartner = Extract<Partner, { status: 'enrolled' }>;

export const partner: Decider<Partner, PartnerEvent> = {
  initial: { status: 'unknown' },
  evolve: (_, { data }) => ({ status: 'enrolled', partnerId: data.partnerId, name: data.name, kind: data.kind }),
};

/** Enrols a partner, once (R2). */
export const enrol = (state: Partner, facts: PartnerEnrolled['data']): PartnerEvent[] => {
  if (state.status === 'enrolled')
    throw new Rejection('conflict', 'partner-already-enrolled', `The partner is enrolled already, as ${state.name}.`, {
      rule: 'R2',
      state: 'enrolled',
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
