import { LINK_PLACEHOLDER } from './draft.js';
import type { InvitationAccepted, InvitationDrafted, InvitationSent } from './invitation.events.js';

export const AT = '2026-11-01T10:00:00.000Z';
export const LATER = '2026-11-02T10:00:00.000Z';
export const ID = { invitationId: '0e6f2b5a-0000-5000-8000-000000000001', partnerIds: ['contoso'] };
export const GENUINE = 'a'.repeat(64);

export const drafted = (changes: Partial<InvitationDrafted['data']> = {}): InvitationDrafted => ({
  type: 'InvitationDrafted',
  data: {
    ...ID,
    requestedBy: 'contoso',
    parties: [{ partnerId: 'contoso', role: 'reseller' }],
    contact: { name: 'Ana Souza', email: 'ana@fabrikam.example' },
    origin: 'own-marketing',
    privilegesRequested: true,
    validForDays: 30,
    locale: 'en',
    draft: { subject: 'Hello', text: `Please open ${LINK_PLACEHOLDER}` },
    link: { issue: 1, keyId: 'k1', secretSha256: GENUINE },
    at: AT,
    ...changes,
  },
});

export const sent: InvitationSent = {
  type: 'InvitationSent',
  data: { ...ID, at: AT, expiresAt: '2026-12-01T10:00:00.000Z' },
};

export const accepted = (changes: Partial<InvitationAccepted['data']> = {}): InvitationAccepted => ({
  type: 'InvitationAccepted',
  data: {
    ...ID,
    customerId: 'fabrikam',
    customer: { name: 'Fabrikam', domain: 'fabrikam.example' },
    origin: 'own-marketing',
    outcomes: [{ partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'granted' }],
    at: LATER,
    ...changes,
  },
});
