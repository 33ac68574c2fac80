import type { InvitationEvent, LinkIssue } from '../../src/invitations/invitation.events.js';
import { T0, day } from './history.fixture.js';

const LINK: LinkIssue = { issue: 1, keyId: 'k1', secretSha256: 'ab'.repeat(32) };
const OF = { invitationId: 'invitation-1', partnerIds: ['contoso'], at: T0 };

/** Every event of one invitation of contoso's, in an order in which they could happen but for the end. */
export const invitationEvents: readonly InvitationEvent[] = [
  {
    type: 'InvitationDrafted',
    data: {
      ...OF,
      requestedBy: 'contoso',
      parties: [{ partnerId: 'contoso', role: 'reseller' }],
      contact: { name: 'Kim Jones', email: 'kim.jones@adatum.example' },
      origin: 'own-marketing',
      privilegesRequested: true,
      validForDays: 30,
      locale: 'en',
      draft: { subject: 'Dear Kim', text: 'Please follow this {{link}}, Kim' },
      link: LINK,
    },
  },
  { type: 'InvitationDraftEdited', data: { ...OF, draft: { subject: 'Hello Kim', text: 'Kim, {{link}}' } } },
  { type: 'InvitationSent', data: { ...OF, expiresAt: day(30) } },
  {
    type: 'InvitationAccepted',
    data: {
      ...OF,
      customerId: 'adatum',
      customer: { name: 'Adatum Corporation', domain: 'adatum.example' },
      origin: 'own-marketing',
      outcomes: [{ partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'granted' }],
    },
  },
  { type: 'InvitationDeclined', data: { ...OF, customerId: 'adatum', reason: 'Kim Jones says no' } },
  { type: 'InvitationCancelled', data: OF },
  { type: 'InvitationLinkReissued', data: { ...OF, link: { ...LINK, issue: 2 }, expiresAt: day(60) } },
  { type: 'InvitationExpired', data: { ...OF, expiresAt: day(30) } },
  { type: 'InvitationAbandoned', data: OF },
];
