import type { CustomerDetails } from '../customers/customer.events.js';
import type { DomainEvent, PersonalFields } from '../kernel/event.js';
import type { Origin, RelationshipRole } from '../relationships/relationship.events.js';

/** The person at the customer to whom the partner sends the mail (R13). */
export interface Contact {
  readonly name: string;
  readonly email: string;
}

/** The mail as drafted (C9), with a placeholder where the personal link stands (D6). */
export interface Draft {
  readonly subject: string;
  readonly text: string;
}

/** The languages a draft is written in. */
export const LOCALES = ['en', 'pt'] as const;
export type Locale = (typeof LOCALES)[number];

/** What is kept of a link: its number, the key it is derived with, and its secret's SHA-256 in hex (D6). */
export interface LinkIssue {
  readonly issue: number;
  readonly keyId: string;
  readonly secretSha256: string;
}

export interface Party {
  readonly partnerId: string;
  readonly role: RelationshipRole;
}

/** What the customer decided about one party (D1), and about its privileges (D3). */
export interface PartyOutcome extends Party {
  readonly authorised: boolean;
  readonly privileges: 'granted' | 'refused' | 'not-requested';
}

interface OfInvitation {
  invitationId: string;
  /** Every partner the invitation is for. */
  partnerIds: readonly string[];
  at: string;
}

export type InvitationDrafted = DomainEvent<
  'InvitationDrafted',
  OfInvitation & {
    /** The partner whose invitation it is; the others are asked for along with it (C18). */
    requestedBy: string;
    parties: readonly Party[];
    contact: Contact;
    origin: Origin;
    privilegesRequested: boolean;
    validForDays: number;
    locale: Locale;
    draft: Draft;
    link: LinkIssue;
  }
>;
export type InvitationDraftEdited = DomainEvent<'InvitationDraftEdited', OfInvitation & { draft: Draft }>;
export type InvitationSent = DomainEvent<'InvitationSent', OfInvitation & { expiresAt: string }>;
export type InvitationAccepted = DomainEvent<
  'InvitationAccepted',
  OfInvitation & {
    customerId: string;
    customer: CustomerDetails;
    origin: Origin;
    outcomes: readonly PartyOutcome[];
  }
>;
export type InvitationDeclined = DomainEvent<
  'InvitationDeclined',
  OfInvitation & { customerId: string; reason: string }
>;
/** A new link; from here on the old one is good for nothing (D4). */
export type InvitationLinkReissued = DomainEvent<
  'InvitationLinkReissued',
  OfInvitation & { link: LinkIssue; expiresAt: string }
>;
/** Noted when it mattered: the invitation had expired by itself at `expiresAt` (D4). */
export type InvitationExpired = DomainEvent<'InvitationExpired', OfInvitation & { expiresAt: string }>;
/** Its request was never completed, and another one has taken its place: nobody can complete it any more (D5). */
export type InvitationAbandoned = DomainEvent<'InvitationAbandoned', OfInvitation>;
export type InvitationCancelled = DomainEvent<'InvitationCancelled', OfInvitation>;

export type InvitationEvent =
  | InvitationDrafted
  | InvitationDraftEdited
  | InvitationSent
  | InvitationAccepted
  | InvitationDeclined
  | InvitationCancelled
  | InvitationLinkReissued
  | InvitationExpired
  | InvitationAbandoned;

export const invitationStream = (invitationId: string): string => `invitation-${invitationId}`;

export const invitationPersonalFields: PersonalFields<InvitationEvent> = {
  InvitationDrafted: ['contact.name', 'contact.email', 'draft.subject', 'draft.text'],
  InvitationDraftEdited: ['draft.subject', 'draft.text'],
  InvitationSent: [],
  InvitationAccepted: [],
  InvitationDeclined: ['reason'],
  InvitationCancelled: [],
  InvitationLinkReissued: [],
  InvitationExpired: [],
  InvitationAbandoned: [],
};
