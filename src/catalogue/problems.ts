/** A refusal as its caller sees it, by example. */
export interface DocumentedProblem {
  readonly status: 409 | 412 | 422;
  readonly detail: string;
  /** The rule of the domain that was applied. */
  readonly rule?: string;
  /** What state is in the way: of the stream it was decided on, or of the header or cursor that is sent. */
  readonly state: string;
  /** The field concerned: with every 422. */
  readonly pointer?: string;
  readonly next?: string;
}

const conflict = (rule: string, state: string, detail: string, next: string): DocumentedProblem => ({
  status: 409,
  detail,
  rule,
  state,
  next,
});

const invalid = (rule: string, pointer: string, state: string, detail: string, next: string): DocumentedProblem => ({
  status: 422,
  detail,
  rule,
  state,
  pointer,
  next,
});

/** What is wrong with a request whatever the state. */
const over = (state: string) =>
  conflict('D4', state, `The invitation is ${state}; this needs one that is sent.`, 'Invite the customer anew.');

/** Every code that a command is refused with for the present state, for its revision, or for what it says. */
export const PROBLEMS = {
  'partner-already-enrolled': conflict(
    'R2',
    'enrolled',
    'The partner is enrolled already, as Contoso.',
    'Nothing is left to do: invite customers, or connect to a provider.',
  ),
  'partner-not-enrolled': conflict(
    'R2',
    'unknown',
    'The partner is not enrolled yet.',
    'Enrol the partner, then repeat this request.',
  ),
  'not-a-reseller': conflict(
    'R6',
    'indirect-provider',
    'Only an indirect reseller connects; this is an indirect-provider.',
    'Let the reseller connect to this provider.',
  ),
  'not-a-provider': conflict(
    'R6',
    'indirect-reseller',
    'Tailspin is an indirect-reseller.',
    'Connect to a partner of the kind indirect-provider.',
  ),
  'provider-not-enrolled': conflict(
    'R2',
    'unknown',
    'The provider is not enrolled yet.',
    'Ask the provider to enrol, then repeat this request.',
  ),
  'provider-already-connected': conflict(
    'R6',
    'connected',
    'It has been connected since 2026-11-01T10:00:00.000Z.',
    'Nothing is left to do: invite customers jointly with it.',
  ),
  'provider-not-connected': conflict(
    'C18',
    'not-connected',
    'The reseller is not connected to this provider.',
    'Connect to the provider, then repeat this request.',
  ),
  'invitation-open': conflict(
    'D5',
    'sent',
    'The invitation 0e6f2b5a-… to this contact is still open.',
    'Use, re-issue or cancel 0e6f2b5a-….',
  ),
  'invitation-abandoned': conflict(
    'D5',
    'abandoned',
    'This request took too long; another one has taken its place.',
    'Look for the open invitation, or repeat the request with a new Idempotency-Key.',
  ),
  'invitation-drafted': conflict(
    'C12',
    'drafted',
    'The invitation is drafted; this needs one that is sent.',
    'Let the partner close the draft first.',
  ),
  'invitation-sent': conflict(
    'C12',
    'sent',
    'The invitation is sent; this needs one that is drafted.',
    'It is with the customer now: re-issue its link, or cancel it and invite anew.',
  ),
  'invitation-accepted': conflict(
    'D4',
    'accepted',
    'The invitation is accepted; this needs one that is sent.',
    'Nothing is left to do: its relationships stand, or follow by themselves.',
  ),
  'invitation-declined': over('declined'),
  'invitation-cancelled': over('cancelled'),
  'invitation-expired': over('expired'),
  'relationship-exists': conflict(
    'D5',
    'established',
    'A relationship with contoso stands already.',
    'Have the relationship removed first; where two partners are asked for, authorise the other one alone.',
  ),
  'relationship-already-removed': conflict(
    'C23',
    'removed',
    'It was removed at 2026-11-10T10:00:00.000Z.',
    'A new invitation starts afresh (D5).',
  ),
  'no-removal': conflict(
    'R28',
    'no-removal',
    'No removal is recorded that could require a notice.',
    'Remove the relationship first.',
  ),
  'notice-not-required': conflict(
    'R28',
    'not-required',
    'The removal stated that no notice is required.',
    'Nothing is left to do.',
  ),
  'notice-already-given': conflict(
    'R28',
    'given',
    'The notice is recorded as given already.',
    'Nothing is left to do.',
  ),
  'customer-not-known': conflict('R2', 'unknown', 'The customer is not known here yet.', 'Accept an invitation first.'),
  'privileges-not-in-force': conflict(
    'D3',
    'none-recorded',
    'No delegated admin privileges are in force.',
    'Nothing is left to do.',
  ),
  'concurrent-change': {
    status: 409,
    state: 'changing',
    detail: 'Others keep changing this at the same time.',
    next: 'Repeat the request with the same Idempotency-Key.',
  },
  'revision-mismatch': {
    status: 412,
    state: '3',
    pointer: 'If-Match',
    detail: 'You saw revision 2; it is at revision 3.',
    next: 'Read it again, then repeat the request with its present ETag and a new Idempotency-Key.',
  },
  'idempotency-key-reused': invalid(
    'D7',
    'Idempotency-Key',
    'used',
    'This Idempotency-Key came with another request before.',
    'Use a new key for a new request.',
  ),
  'acting-for-required': invalid(
    'R1',
    'Acting-For',
    'unnamed',
    'A service names the person it acts for by an opaque id.',
    'Send Acting-For with up to 128 letters, digits, or . _ : - and Acting-Role with global-admin or admin-agent.',
  ),
  'draft-without-link': invalid(
    'R11',
    '/text',
    'drafted',
    'The text no longer contains the personal link.',
    "Keep this invitation's link in the text, exactly as the draft shows it.",
  ),
  'draft-with-foreign-link': invalid(
    'R11',
    '/text',
    'drafted',
    "There is a secret here outside of this invitation's own link.",
    'Take it out, and leave the link exactly as the draft shows it, with nothing run on into it.',
  ),
  'not-a-party': invalid(
    'D1',
    '/authorise',
    'sent',
    'Authorise one or more of contoso, northwind.',
    'To authorise nobody, decline the invitation.',
  ),
  'attestation-not-stated': invalid(
    'R26',
    '/attestation/goodFaith',
    'established',
    'The representation of good faith is not stated word for word.',
    'Fetch the current text from /v1/attestations/current and state it word for word.',
  ),
  'notice-not-stated': invalid(
    'R28',
    '/notice/to',
    'established',
    'State to whom notice is due exactly when it is required.',
    'Name the customer or the partner, or state that none is required.',
  ),
  'notice-not-given-yet': invalid(
    'R28',
    '/givenOn',
    'due',
    'A notice is recorded once it was given.',
    'Record it on the day it was given, or later.',
  ),
  'cursor-invalid': {
    status: 422,
    state: 'unknown',
    pointer: 'cursor',
    detail: 'The cursor is none that an answer of this list gave.',
    next: 'Send the `next` of an answer with the same path, sort and filter, or begin without a cursor.',
  },
  'evidence-required': invalid(
    'D3',
    '/evidence',
    'in-force',
    'A partner states on what evidence the customer acted.',
    "Name where the customer's own act can be looked up.",
  ),
  'evidence-of-another-time': invalid(
    'D3',
    '/evidence/actedAt',
    'in-force',
    'The time at which the customer acted has not come yet.',
    'State when the customer ended the privileges that are in force, and where that act can be looked up.',
  ),
} satisfies Record<string, DocumentedProblem>;

export type ProblemCode = keyof typeof PROBLEMS;
