import type { KnownEvent } from '../kernel/event-types.js';
import type { FactsByType } from './facts.js';
import { NO_NOTICE, removalNote } from './removal-note.js';

type Note<T extends KnownEvent['type']> = (facts: FactsByType[T]) => string;

const NOTES: { readonly [T in KnownEvent['type']]: Note<T> } = {
  PartnerEnrolled: ([kind]) => `The partner was enrolled as ${kind}.`,
  ProviderConnected: ([providerId]) =>
    `The reseller was connected to the provider ${providerId}; this brings none of its customers.`,
  ProviderDisconnected: ([providerId]) =>
    `The reseller was disconnected from the provider ${providerId}; relationships stay as they are.`,
  CustomerRegistered: () => 'The customer became known here.',
  CustomerDetailsChanged: ([name, domain]) => `The customer is called ${name} at ${domain} from now on.`,
  InvitationDrafted: ([origin, privilegesRequested]) =>
    `An invitation was drafted for a customer from ${origin}; ` +
    `it ${privilegesRequested ? 'asks' : 'does not ask'} for delegated admin privileges.`,
  InvitationDraftEdited: () => "The draft's text was edited.",
  InvitationSent: ([expiresAt]) =>
    `The draft was closed for the partner to send it; this service sends no mail. It can be accepted until ${expiresAt}.`,
  InvitationAccepted: ({ outcomes }) =>
    `The customer accepted: ${outcomes
      .map(({ partnerId, role, authorised, privileges }) =>
        authorised
          ? `${partnerId} authorised as ${role}, delegated admin privileges ${privileges}`
          : `${partnerId} not authorised`,
      )
      .join('; ')}.`,
  InvitationDeclined: () => 'The customer declined.',
  InvitationCancelled: () => 'The invitation was cancelled.',
  InvitationLinkReissued: ([issue, expiresAt]) =>
    `A new link, number ${issue}, was issued; the former one is good for nothing. It can be accepted until ${expiresAt}.`,
  InvitationExpired: ([expiresAt]) => `The invitation had expired by itself at ${expiresAt}.`,
  InvitationAbandoned: () => 'The request for this invitation was never completed; another one has taken its place.',
  RelationshipEstablished: ([role, origin, portal]) =>
    portal === undefined
      ? `The relationship as ${role} was established; the customer came from ${origin}.`
      : `The relationship as ${role} was imported, as ${portal} shows it; no privileges are inferred from it.`,
  RelationshipRemoved: removalNote,
  TerminationNoticeGiven: ([to, givenOn]) =>
    `The partner stated that it gave legal notice of termination to the ${to} on ${givenOn}. ${NO_NOTICE}`,
  DelegatedAdminPrivilegesGranted: () => 'The customer granted delegated admin privileges.',
  DelegatedAdminPrivilegesRevoked: ([by, actedAt]) =>
    actedAt === null
      ? `Delegated admin privileges were revoked by the ${by}.`
      : `Delegated admin privileges were recorded as revoked by the customer at ${actedAt}, on evidence (${by}).`,
};

/** What happened, in words. */
export const noteOf = <T extends KnownEvent['type']>(type: T, facts: FactsByType[T]): string =>
  (NOTES[type] as Note<T>)(facts);
