import { createHash, createHmac, randomUUID } from 'node:crypto';
import { customerStream } from '../../src/customers/customer.events.js';
import { DraftTemplates } from '../../src/invitations/draft-templates.service.js';
import { firstDraft } from '../../src/invitations/draft.js';
import type { InvitationEvent } from '../../src/invitations/invitation.events.js';
import { invitationStream } from '../../src/invitations/invitation.events.js';
import { openInvitationStream, placeOf } from '../../src/invitations/open-invitation.js';
import type { Actor } from '../../src/kernel/actor.js';
import { partnerStream } from '../../src/partners/partner.events.js';
import { privilegeStream } from '../../src/privileges/privilege.events.js';
import { relationshipStream } from '../../src/relationships/relationship.events.js';
import { LINK_KEY } from '../../test/support/service.js';
import type { Written } from './written.js';
import { written } from './written.js';

const DAY_MS = 86_400_000;
const EXPIRES_AT = new Date(Date.now() + 30 * DAY_MS).toISOString();
const NAMES = ['Fabrikam', 'Adatum', 'Litware', 'Proseware', 'Tailspin', 'Wingtip', 'Northwind', 'Relecloud'];
const template = new DraftTemplates().in('en');

const agent = (partnerId: string): Actor => ({ kind: 'partner', role: 'admin-agent', partnerId, subject: 'alice' });
const admin = (customerId: string, through?: string): Actor => ({
  ...{ kind: 'customer', role: 'global-admin', customerId, subject: 'bob' },
  ...(through && { through }),
});

const now = () => new Date().toISOString();
const nameOf = (n: number) => `${NAMES[n % NAMES.length]} Trading ${n}`;
const emailOf = (n: number, partnerId: string) => `ana.souza.${n}@${partnerId}.example`;

/** A partner joins. */
export const enrolment = (partnerId: string): Written => {
  const data = { partnerId, name: `Partner ${partnerId}`, kind: 'indirect-reseller', at: now() };
  return written(partnerStream(partnerId), agent(partnerId), [{ type: 'PartnerEnrolled', data }]);
};

/** A customer that is about to accept. */
export interface Invited {
  readonly invitationId: string;
  readonly customerId: string;
  readonly customer: { readonly name: string; readonly domain: string };
  readonly secret: string;
}

export const invited = (n: number): Invited => {
  const invitationId = randomUUID();
  const mac = createHmac('sha256', LINK_KEY.key).update(`invitation-link\n${invitationId}\n1`).digest('base64url');
  const customer = { name: nameOf(n), domain: `customer-${n}.example` };
  return { invitationId, customerId: randomUUID(), customer, secret: `${LINK_KEY.id}.${mac}` };
};

const drafted = (partnerId: string, n: number, { invitationId, secret }: Invited): InvitationEvent => ({
  type: 'InvitationDrafted',
  data: {
    ...{ invitationId, partnerIds: [partnerId], requestedBy: partnerId, at: now() },
    parties: [{ partnerId, role: 'reseller' }],
    contact: { name: 'Ana Souza', email: emailOf(n, partnerId) },
    ...{ origin: 'own-marketing', privilegesRequested: true, validForDays: 30, locale: 'en' },
    draft: firstDraft(template, { partner: `Partner ${partnerId}`, provider: null, contact: 'Ana Souza' }, true),
    link: { issue: 1, keyId: LINK_KEY.id, secretSha256: createHash('sha256').update(secret).digest('hex') },
  },
});

/** An invitation that has been sent, in the place it holds. */
export const invitation = (partnerId: string, n: number, to: Invited): Written[] => {
  const { invitationId } = to;
  const place = createHash('sha256')
    .update(placeOf([partnerId], emailOf(n, partnerId)))
    .digest('hex');
  const of = { invitationId, partnerIds: [partnerId], at: now() };
  const sent = { type: 'InvitationSent', data: { ...of, expiresAt: EXPIRES_AT } };
  return [
    written(openInvitationStream(place), agent(partnerId), [{ type: 'InvitationReserved', data: of }]),
    written(invitationStream(invitationId), agent(partnerId), [drafted(partnerId, n, to), sent]),
  ];
};

const accepted = (partnerId: string, { invitationId, customerId, customer }: Invited): InvitationEvent => ({
  type: 'InvitationAccepted',
  data: {
    ...{ invitationId, partnerIds: [partnerId], at: now(), customerId, customer, origin: 'own-marketing' },
    outcomes: [{ partnerId, role: 'reseller', authorised: true, privileges: 'granted' }],
  },
});

const registration = ({ customerId, customer }: Invited): Written =>
  written(customerStream(customerId), admin(customerId, 'acceptance-workflow'), [
    { type: 'CustomerRegistered', data: { customerId, ...customer, at: now() } },
  ]);

const standing = (partnerId: string, { invitationId, customerId, customer }: Invited): Written[] => {
  const of = { partnerId, customerId, at: now() };
  const by = { kind: 'invitation', invitationId };
  const established = { ...of, role: 'reseller', by, origin: 'own-marketing', customer };
  const actor = admin(customerId, 'acceptance-workflow');
  return [
    written(relationshipStream(partnerId, customerId), actor, [{ type: 'RelationshipEstablished', data: established }]),
    written(privilegeStream(partnerId, customerId), actor, [
      { type: 'DelegatedAdminPrivilegesGranted', data: { ...of, invitationId } },
    ]),
  ];
};

/** Everything that is written until a customer has been invited and has accepted: 7 events in 5 streams. */
export const acceptance = (partnerId: string, n: number): Written[] => {
  const to = invited(n);
  const [place, stream] = invitation(partnerId, n, to) as [Written, Written];
  const answer = written(stream.stream, admin(to.customerId), [accepted(partnerId, to)]);
  const whole = { ...stream, events: [...stream.events, ...answer.events] };
  return [place, whole, registration(to), ...standing(partnerId, to)];
};

/** A customer with its relationship and privileges: 3 events in 3 streams, to make a list long. */
export const customer = (partnerId: string, n: number): Written[] => {
  const to = invited(n);
  return [registration(to), ...standing(partnerId, to)];
};
