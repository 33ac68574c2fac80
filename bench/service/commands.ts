import { randomUUID } from 'node:crypto';
import { call } from './caller.js';
import type { Call } from './load.js';
import { CONNECTIONS, load } from './load.js';
import type { Pace } from './pace.js';
import type { Issuer } from '../../test/support/service.js';
import type { Authorization } from './people.js';
import { adminOf } from './people.js';

const HEADERS = { 'content-type': 'application/json' };
const DRAFTS = 320;
let contacts = 0;

/** The headers of a command that has not been sent before. */
const commandHeaders = (who: Authorization) => ({ ...HEADERS, ...who, 'idempotency-key': randomUUID() });

/** A command that asks for an invitation of a contact that nobody has invited. */
export const anInvitation = (partnerId: string, who: Authorization, done = true): Call => ({
  method: 'POST',
  path: `/v1/partners/${partnerId}/invitations`,
  headers: commandHeaders(who),
  body: JSON.stringify({
    contact: { name: 'Ana Souza', email: `new.contact.${(contacts += 1)}@fabrikam.example` },
    origin: 'own-marketing',
    done,
  }),
});

/** Invitations, drafted and sent by one command each. */
export const invitations = (
  url: string,
  agents: ReadonlyMap<string, Authorization>,
  seconds: number,
): Promise<Pace> => {
  const partners = [...agents];
  let count = 0;
  const next = () => anInvitation(...(partners[(count += 1) % partners.length] as [string, Authorization]));
  return load({ url, next, seconds });
};

/** An invitation that is out, and the customer that will accept it. */
export interface Accepting {
  readonly invitationId: string;
  readonly secret: string;
  readonly customer: { readonly name: string; readonly domain: string };
  readonly who: Authorization;
}

interface Invited {
  readonly invitation: { readonly invitationId: string };
  readonly draft: { readonly link: string };
}

/** Has the service invite so many customers, as they are later to accept. */
export const invite = async (
  { url, issuer }: { readonly url: string; readonly issuer: Issuer },
  agents: ReadonlyMap<string, Authorization>,
  count: number,
): Promise<Accepting[]> => {
  const partners = [...agents];
  const accepting: Accepting[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      const { text } = await call(url, anInvitation(...(partners[n % partners.length] as [string, Authorization])));
      const { invitation, draft } = JSON.parse(text) as Invited;
      const secret = draft.link.split('#')[1] ?? '';
      const customer = { name: `Adatum Trading ${n}`, domain: `adatum-${n}.example` };
      const who = await adminOf(issuer, randomUUID());
      accepting.push({ invitationId: invitation.invitationId, secret, customer, who });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return accepting;
};

/** How many of those prepared are asked for: a caller prepares one more than it sends. */
export const SPARE = 2 * CONNECTIONS;

/** Acceptances, each by another customer; all that follow from one are written before it is answered. */
export const acceptances = (url: string, prepared: readonly Accepting[], seconds: number): Promise<Pace> => {
  let count = 0;
  const next = (): Call => {
    const { invitationId, customer, secret, who } = prepared[count++] as Accepting;
    const body = JSON.stringify({ secret, customer, privileges: 'grant' });
    return { method: 'POST', path: `/v1/invitations/${invitationId}/accept`, headers: commandHeaders(who), body };
  };
  return load({ url, next, seconds, amount: prepared.length - SPARE });
};

/** Commands that make one append each: a draft is worded anew, each time another one. */
export const edits = async (url: string, partnerId: string, who: Authorization, seconds: number): Promise<Pace> => {
  const asked = Array.from({ length: DRAFTS }, () => call(url, anInvitation(partnerId, who, false)));
  const drafts = (await Promise.all(asked)).map(({ text }) => {
    const { invitation, draft } = JSON.parse(text) as {
      invitation: { invitationId: string };
      draft: { subject: string; text: string };
    };
    const path = `/v1/partners/${partnerId}/invitations/${invitation.invitationId}/draft`;
    return { path, body: JSON.stringify({ subject: draft.subject, text: draft.text }) };
  });
  let count = 0;
  const next = (): Call => {
    const { path, body } = drafts[(count += 1) % drafts.length] as { path: string; body: string };
    return { method: 'PUT', path, headers: commandHeaders(who), body };
  };
  return load({ url, next, seconds });
};
