import type { Issuer } from '../../test/support/service.js';

/** The header by which somebody is known. */
export type Authorization = Readonly<Record<'authorization', string>>;

const bearer = (token: string): Authorization => ({ authorization: `Bearer ${token}` });

/** An admin agent of the partner. */
export const agentOf = async (issuer: Issuer, partnerId: string): Promise<Authorization> =>
  bearer(await issuer.sign({ sub: 'alice', role: 'partner-admin-agent', partner_id: partnerId }));

/** A global admin of the customer. */
export const adminOf = async (issuer: Issuer, customerId: string): Promise<Authorization> =>
  bearer(await issuer.sign({ sub: 'bob', role: 'customer-global-admin', customer_id: customerId }));

/** Someone who may read everything. */
export const auditor = async (issuer: Issuer): Promise<Authorization> =>
  bearer(await issuer.sign({ sub: 'carol', role: 'auditor' }));
