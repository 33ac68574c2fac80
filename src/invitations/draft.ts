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
      next: "Keep this invitation's link in the text, exactly as the draft shows it.",
    });
  return draft;
};

/** The mail as first drafted for the partner to send (C9, R13). */
export const firstDraft = (partnerName: string, contact: Contact, privilegesRequested: boolean): Draft => ({
  subject: `${partnerName} invites you to a reseller relationship`,
  text: [
    `Dear ${contact.name},`,
    `${partnerName} would like to become your reseller. To accept or decline, sign in as a global admin and open:`,
    LINK_PLACEHOLDER,
    privilegesRequested
      ? `You will also be asked whether ${partnerName} may administer your tenant (delegated admin privileges).`
      : 'No admin privileges are asked for.',
    'The link is personal to this invitation. Please do not forward it.',
    `Kind regards,\n${partnerName}`,
  ].join('\n\n'),
});

/** The mail with the link in its place: what the partner copies or sends. */
export const renderDraft = ({ subject, text }: Draft, link: string): Draft => ({
  subject,
  text: text.replaceAll(LINK_PLACEHOLDER, link),
});

/** Opens the draft in a mail program (C10, RFC 6068). */
export const mailto = (contact: Contact, { subject, text }: Draft): string => {
  const body = encodeURIComponent(text.replaceAll('\n', '\r\n'));
  return `mailto:${encodeURIComponent(contact.email)}?subject=${encodeURIComponent(subject)}&body=${body}`;
};
