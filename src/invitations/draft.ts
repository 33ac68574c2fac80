import { Rejection } from '../kernel/rejection.js';
import type { Contact, Draft } from './invitation.events.js';

/** Stands in a stored draft where the personal link belongs (D6). */
export const LINK_PLACEHOLDER = '{{invitation-link}}';

/** An edited text must still contain the link, which is personal to this invitation (R11). */
export const requireLink = (draft: Draft): Draft => {
  if (!draft.text.includes(LINK_PLACEHOLDER))
    throw new Rejection('invalid', 'draft-without-link', 'The text no longer contains the personal link.', {
      rule: 'R11',
      pointer: '/text',
      state: 'drafted',
      next: "Keep this invitation's link in the text, exactly as the draft shows it.",
    });
  return draft;
};

/** The words of a draft in one language; `{partner}`, `{provider}` and `{contact}` stand for names. */
export interface DraftTemplate {
  readonly subject: { readonly solo: string; readonly joint: string };
  readonly greeting: string;
  readonly request: { readonly solo: string; readonly joint: string };
  readonly privileges: { readonly asked: string; readonly notAsked: string };
  readonly personal: string;
  readonly closing: string;
}

export interface DraftNames {
  readonly partner: string;
  /** Null unless the invitation is a joint one (C18). */
  readonly provider: string | null;
  readonly contact: string;
}

/**
 * The mail as first drafted for the partner to send (C9, R13). A joint one names both partners (C18), and is edited under the
 * same rules (R21).
 */
export const firstDraft = (template: DraftTemplate, names: DraftNames, privilegesRequested: boolean): Draft => {
  const kind = names.provider === null ? 'solo' : 'joint';
  const fill = (text: string) =>
    text.replace(/\{(partner|provider|contact)\}/g, (_, name: keyof DraftNames) => names[name] ?? '');
  const { greeting, request, privileges, personal, closing } = template;
  const asked = privilegesRequested ? privileges.asked : privileges.notAsked;
  return {
    subject: fill(template.subject[kind]),
    text: [greeting, request[kind]]
      .map(fill)
      .concat(LINK_PLACEHOLDER, [asked, personal, closing].map(fill))
      .join('\n\n'),
  };
};

/** The mail with the link in its place: what the partner copies or sends. */
export const renderDraft = ({ subject, text }: Draft, link: string): Draft => ({
  subject,
  text: text.replaceAll(LINK_PLACEHOLDER, link),
});

/** Half a character, which an address cannot hold: no such text comes in, but the log may hold one from before. */
const HALF_CHARACTER = /\p{Surrogate}/gu;

const encoded = (text: string): string => encodeURIComponent(text.replaceAll(HALF_CHARACTER, '\ufffd'));

/** Opens the draft in a mail program (C10, RFC 6068). */
export const mailto = (contact: Contact, { subject, text }: Draft): string =>
  `mailto:${encoded(contact.email)}?subject=${encoded(subject)}&body=${encoded(text.replaceAll('\n', '\r\n'))}`;
