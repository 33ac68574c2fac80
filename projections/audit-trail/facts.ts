import type { PartyOutcome } from '../../src/invitations/invitation.events.js';
import type { PrivilegesAsOf } from '../../src/privileges/privilege.js';
import type { TerminationNotice } from '../../src/relationships/relationship.events.js';
import type { KnownEvent } from '../kernel/event-types.js';

/** What a removal's note rests on (R25 to R29). */
export interface RemovalFacts {
  readonly role: string;
  readonly privileges: PrivilegesAsOf;
  readonly attestation: { readonly version: string; readonly attestedBy: string };
  readonly notice: TerminationNotice;
}

/** What each type's note rests on beyond the entry itself, as short as it is stored. No personal data is in it. */
export interface FactsByType {
  readonly PartnerEnrolled: readonly [kind: string];
  readonly ProviderConnected: readonly [providerId: string];
  readonly ProviderDisconnected: readonly [providerId: string];
  readonly CustomerRegistered: null;
  readonly CustomerDetailsChanged: readonly [name: string, domain: string];
  readonly InvitationDrafted: readonly [origin: string, privilegesRequested: boolean];
  readonly InvitationDraftEdited: null;
  readonly InvitationSent: readonly [expiresAt: string];
  readonly InvitationAccepted: { readonly outcomes: readonly PartyOutcome[] };
  readonly InvitationDeclined: null;
  readonly InvitationCancelled: null;
  readonly InvitationLinkReissued: readonly [issue: number, expiresAt: string];
  readonly InvitationExpired: readonly [expiresAt: string];
  readonly InvitationAbandoned: null;
  readonly RelationshipEstablished: readonly [role: string, origin: string | null, portal?: string];
  readonly RelationshipRemoved: RemovalFacts;
  readonly TerminationNoticeGiven: readonly [to: string, givenOn: string];
  readonly DelegatedAdminPrivilegesGranted: null;
  readonly DelegatedAdminPrivilegesRevoked: readonly [by: string, actedAt: string | null];
}

type Pick<T extends KnownEvent['type']> = (data: Extract<KnownEvent, { type: T }>['data']) => FactsByType[T];

const nothing = () => null;

const PICKS: { readonly [T in KnownEvent['type']]: Pick<T> } = {
  PartnerEnrolled: ({ kind }) => [kind],
  ProviderConnected: ({ providerId }) => [providerId],
  ProviderDisconnected: ({ providerId }) => [providerId],
  CustomerRegistered: nothing,
  CustomerDetailsChanged: ({ name, domain }) => [name, domain],
  InvitationDrafted: ({ origin, privilegesRequested }) => [origin, privilegesRequested],
  InvitationDraftEdited: nothing,
  InvitationSent: ({ expiresAt }) => [expiresAt],
  InvitationAccepted: ({ outcomes }) => ({ outcomes }),
  InvitationDeclined: nothing,
  InvitationCancelled: nothing,
  InvitationLinkReissued: ({ link, expiresAt }) => [link.issue, expiresAt],
  InvitationExpired: ({ expiresAt }) => [expiresAt],
  InvitationAbandoned: nothing,
  RelationshipEstablished: ({ role, origin, by }) => (by.kind === 'portal' ? [role, null, by.portal] : [role, origin]),
  RelationshipRemoved: ({ role, privileges, attestation, notice }) => ({
    role,
    privileges,
    attestation: { version: attestation.version, attestedBy: attestation.attestedBy },
    notice: {
      required: notice.required,
      to: notice.to,
      given: notice.given,
      ...(notice.dueBy && { dueBy: notice.dueBy }),
    },
  }),
  TerminationNoticeGiven: ({ to, givenOn }) => [to, givenOn],
  DelegatedAdminPrivilegesGranted: nothing,
  DelegatedAdminPrivilegesRevoked: ({ by, evidence }) => [by, evidence?.actedAt ?? null],
};

/** Picks, one by one, what the note needs: whatever else the event holds never reaches the trail. */
export const factsOf = <T extends KnownEvent['type']>(type: T, data: Parameters<Pick<T>>[0]): FactsByType[T] =>
  (PICKS[type] as Pick<T>)(data);
