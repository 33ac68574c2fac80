/** The rules (R), capabilities (C) and own decisions (D) that this service keeps, each in one sentence. */
export const RULES = {
  R1: "Only a partner's global admin or admin agent acts for that partner.",
  R2: 'To transact, the partner is enrolled, the customer is known here, and a relationship exists.',
  R3: "The provider needs its own relationship with the customer to buy on the customer's behalf.",
  R4: "A reseller that enrols sees its customers of the vendor's other portals: imported, each with its source.",
  C5: 'The customers are one list per partner.',
  R6: "Connecting to a provider does not bring that provider's customers.",
  R7: "Customers served outside the vendor's portals do not appear by themselves; they are invited.",
  R8: 'A relationship starts with an invitation.',
  C9: 'Requesting an invitation yields a draft e-mail: subject, text, link.',
  C10: 'The draft opens in a mail program or is copied as plain text.',
  R11: "An edited text is refused unless it still contains this invitation's own link.",
  C12: '"Done" closes the draft; that is when InvitationSent is recorded.',
  R13: 'The partner sends the mail, not this service.',
  R14: 'Only once the customer has accepted does it appear in the list and become manageable.',
  C15: "The customer's record shows what the partner may manage: account, services, users, licences.",
  R16: 'Where a customer came from is recorded: own marketing, vendor referral, indirect provider.',
  R17: "Managing needs the reseller's relationship; the provider's ordering needs the provider's.",
  C18: 'A joint invitation asks for both relationships at once, for a provider the reseller is connected to.',
  R20: 'Only with its own relationship can the provider order subscriptions or add licences.',
  R21: 'A joint invitation keeps the same draft rules; its link is personal to both partners.',
  R22: 'Both authorised: the reseller gets admin permissions, the provider may order and gets none.',
  C23: 'A partner removes its relationship with a customer.',
  R24: "The removed customer leaves that partner's list.",
  R25: 'Delegated admin privileges already granted stay exactly as they were.',
  R26: 'The remover represents good faith, a legitimate purpose and accordance with its agreement.',
  R27: 'The remover agrees to defend the vendor and hold it harmless.',
  R28: 'The removal states whether notice of termination is required, to whom, and whether it was given.',
  R29: 'This service gives no such notice; its answer and the audit trail say so.',
  D1: 'A joint invitation is answered in one act; the relationships follow once, whatever crashes.',
  D2: "Removing the reseller's relationship leaves the provider's in place, and the other way round.",
  D3: 'Privileges are granted or ended by the customer alone, or on evidence of its act; nothing is inferred.',
  D4: 'An invitation is accepted, declined, cancelled, re-issued, or expires without a process having to be up.',
  D5: 'A second open invitation, or one for a relationship that exists, is refused; after a removal all starts afresh.',
  D6: 'The link carries a derived secret that works once, is never stored, and tells a guesser nothing.',
  D7: 'A repeated command with the same key gives the first answer; with another, a clear conflict.',
} as const;

export type RuleId = keyof typeof RULES;

/** Rules whose commands are still to come. One that a test names is taken off. */
export const PENDING: readonly RuleId[] = [];

export const isRule = (id: string): id is RuleId => Object.hasOwn(RULES, id);
