import { PERSONAL_FIELDS } from '../kernel/event-types.js';
import { given } from '../kernel/given.fixture.js';
import { T0, day, history } from '../kernel/history.fixture.js';
import { invitationEvents } from '../kernel/invitation.fixture.js';
import { byTime, member } from '../kernel/member.js';
import { DRAFTS_FROM, invitations } from './invitations.js';
import type { ListedInvitation } from './listed-invitation.js';

const KEY = 'invitations/invitation-1';
const event = (type: string) => invitationEvents.find((one) => one.type === type) as (typeof invitationEvents)[number];
const [drafted, sent, reissued] = ['InvitationDrafted', 'InvitationSent', 'InvitationLinkReissued'].map(event);
if (!drafted || !sent || !reissued) throw new Error('The fixture holds every event.');

const listed: ListedInvitation = {
  status: 'drafted',
  requestedBy: 'contoso',
  parties: [{ partnerId: 'contoso', role: 'reseller' }],
  origin: 'own-marketing',
  ...{ draftedAt: T0, sentAt: null, expiresAt: null, closedAt: null, customerId: null },
};
const sentListed = { ...listed, status: 'sent', sentAt: T0, expiresAt: day(30) } as const;
const place = (sortedBy: string) => [member(sortedBy, 'invitation-1')];

describe('invitations', () => {
  it('C9: a draft is listed after all that may expire, which no draft does', async () => {
    const spec = given(invitations, [drafted, event('InvitationDraftEdited')]);
    await spec.then({ [KEY]: listed });
    await spec.thenListed({ 'unanswered:contoso': place(`${DRAFTS_FROM}${byTime(T0)}`) });
    expect(`${DRAFTS_FROM}${byTime(T0)}` > byTime('5000-01-01T00:00:00Z')).toBe(true);
  });

  it('C12, D4: one that is sent is listed by when it expires', async () => {
    const spec = given(invitations, [drafted, sent]);
    await spec.then({ [KEY]: sentListed });
    await spec.thenListed({ 'unanswered:contoso': place(byTime(day(30))) });
  });

  it('D4: a new link moves it; its noted expiry does not, which had come by itself', async () => {
    await given(invitations, [drafted, sent, reissued]).thenListed({ 'unanswered:contoso': place(byTime(day(60))) });
    const spec = given(invitations, [drafted, sent, event('InvitationExpired')]);
    await spec.then({ [KEY]: { ...sentListed, status: 'expired' } });
    await spec.thenListed({ 'unanswered:contoso': place(byTime(day(30))) });
  });

  it.each([
    ['InvitationAccepted', 'accepted', 'adatum'],
    ['InvitationDeclined', 'declined', 'adatum'],
    ['InvitationCancelled', 'cancelled', null],
  ] as const)('D4: %s takes it to those that are %s', async (type, status, customerId) => {
    const spec = given(invitations, [drafted, sent, event(type)]);
    await spec.then({ [KEY]: { ...sentListed, status, closedAt: T0, customerId } });
    await spec.thenListed({ [`${status}:contoso`]: place(byTime(T0)) });
  });

  it('C18: a joint invitation is in the lists of both partners', () => {
    const parties = [...listed.parties, { partnerId: 'northwind', role: 'provider' }] as const;
    const partnerIds = parties.map(({ partnerId }) => partnerId);
    const joint = { ...drafted, data: { ...drafted.data, partnerIds, parties } } as typeof drafted;
    const sentJointly = { ...sent, data: { ...sent.data, partnerIds } } as typeof sent;
    return given(invitations, [joint, sentJointly]).thenListed({
      'unanswered:contoso': place(byTime(day(30))),
      'unanswered:northwind': place(byTime(day(30))),
    });
  });

  it('D5: one that was abandoned before it was drafted is in no list', () =>
    given(invitations, [event('InvitationAbandoned')]).then({}));

  it('never copies personal data', () => {
    const packed = history([drafted, sent, event('InvitationDeclined')]).reduce<ListedInvitation | null>(
      invitations.evolve,
      null,
    );
    const told = packed && invitations.pack(packed);
    expect(PERSONAL_FIELDS.InvitationDrafted).toContain('contact.name');
    for (const personal of ['Kim', 'adatum.example', 'says no']) expect(told).not.toContain(personal);
  });
});
