import { z } from 'zod';
import type { Caller } from './caller.js';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const subject = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/);

const claims = z.union([
  z.object({ sub: subject, role: z.string().startsWith('partner-'), partner_id: id }),
  z.object({ sub: subject, role: z.string().startsWith('customer-'), customer_id: id }),
  z.object({ sub: subject, role: z.enum(['auditor', 'service']) }),
]);

/** The caller a verified token's claims name, or null when they name none. Subjects are opaque ids, never addresses. */
export const callerOf = (payload: unknown): Caller | null => {
  const { success, data } = claims.safeParse(payload);
  if (!success) return null;
  if ('partner_id' in data)
    return { kind: 'partner', subject: data.sub, role: data.role.slice('partner-'.length), partnerId: data.partner_id };
  if ('customer_id' in data) {
    const role = data.role.slice('customer-'.length);
    return { kind: 'customer', subject: data.sub, role, customerId: data.customer_id };
  }
  return { kind: data.role as 'auditor' | 'service', subject: data.sub };
};
