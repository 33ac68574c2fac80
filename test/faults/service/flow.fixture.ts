import type { Answer } from '../../support/api.js';

export const PARTNERS = ['contoso', 'northwind', 'tailspin'] as const;

/** One command of a flow, with what it must write where, once and never twice. */
export interface FlowCommand {
  readonly by: 'partner' | 'customer';
  readonly partnerId: string;
  readonly customerId: string;
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** The types it appends, by stream; known when it has been answered. */
  readonly writes: (answer: Answer) => Readonly<Record<string, readonly string[]>>;
}

const ATTESTATION_PATH = '/v1/attestations/current';
export const attestationPath = ATTESTATION_PATH;

/** Enrols the partner of every flow with this number or one that many further on. */
export const enrolment = (partnerId: string): FlowCommand => ({
  by: 'partner',
  partnerId,
  customerId: '',
  key: `enrol-${partnerId}`,
  path: `/v1/partners/${partnerId}/enrol`,
  body: { name: `${partnerId} cloud`, kind: 'indirect-reseller' },
  writes: () => ({ [`partner-${partnerId}`]: ['PartnerEnrolled'] }),
});

/**
 * The commands of one customer's story: all are invited and accept; two of three are removed, and one of those has its
 * privileges revoked too. Each answer is handed back in, because later commands need what it says.
 */
export function* flow(number: number, attestation: object): Generator<FlowCommand, void, Answer> {
  const partnerId = PARTNERS[number % PARTNERS.length] as string;
  const customerId = `customer-${number}`;
  const of = { partnerId, customerId };
  const pair = `${partnerId}~${customerId}`;
  const { body } = yield invite(of, number);
  const { invitationId } = body.invitation as { invitationId: string };
  const secret = (body.draft.link as string).split('#')[1] as string;
  yield accept(of, number, invitationId, secret);
  const fate = Math.floor(number / PARTNERS.length) % 3;
  if (fate > 0)
    yield {
      ...of,
      by: 'partner',
      key: `remove-${number}`,
      path: `/v1/partners/${partnerId}/customers/${customerId}/removal`,
      body: { reason: 'It ended', attestation, notice: { required: false, to: null, given: false } },
      writes: () => ({ [`relationship-${pair}`]: ['RelationshipRemoved'] }),
    };
  if (fate > 1)
    yield {
      ...of,
      by: 'customer',
      key: `revoke-${number}`,
      path: `/v1/customers/${customerId}/partners/${partnerId}/privileges/revocation`,
      body: {},
      writes: () => ({ [`privileges-${pair}`]: ['DelegatedAdminPrivilegesRevoked'] }),
    };
}

type Of = Pick<FlowCommand, 'partnerId' | 'customerId'>;

const invite = (of: Of, number: number): FlowCommand => ({
  ...of,
  by: 'partner',
  key: `invite-${number}`,
  path: `/v1/partners/${of.partnerId}/invitations`,
  body: {
    contact: { name: `Contact ${number}`, email: `contact-${number}@customers.example` },
    origin: 'own-marketing',
    done: true,
  },
  writes: ({ body }) => ({ [`invitation-${body.invitation.invitationId}`]: ['InvitationDrafted', 'InvitationSent'] }),
});

const accept = (of: Of, number: number, invitationId: string, secret: string): FlowCommand => ({
  ...of,
  by: 'customer',
  key: `accept-${number}`,
  path: `/v1/invitations/${invitationId}/accept`,
  body: {
    secret,
    customer: { name: `Customer ${number}`, domain: `customer-${number}.example` },
    privileges: 'grant',
  },
  writes: () => ({
    [`invitation-${invitationId}`]: ['InvitationAccepted'],
    [`customer-${of.customerId}`]: ['CustomerRegistered'],
    [`relationship-${of.partnerId}~${of.customerId}`]: ['RelationshipEstablished'],
    [`privileges-${of.partnerId}~${of.customerId}`]: ['DelegatedAdminPrivilegesGranted'],
  }),
});
