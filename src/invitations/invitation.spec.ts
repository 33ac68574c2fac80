import fc from 'fast-check';
import { fold } from '../kernel/decider.js';
import { decisionSpec } from '../kernel/given.fixture.js';
import { LINK_PLACEHOLDER } from './draft.js';
import { accept, cancel, decline, draft, editDraft, reissue, send } from './invitation.decisions.js';
import { AT, GENUINE, ID, LATER, accepted, drafted, sent } from './invitation.fixture.js';
import { invitation, requireOwn, statusAt } from './invitation.js';

const given = decisionSpec(invitation);
const customer = { name: 'Fabrikam', domain: 'fabrikam.example' };
const acceptance = {
  secretSha256: GENUINE,
  customerId: 'fabrikam',
  customer,
  grantPrivileges: true,
  authorise: null,
  at: LATER,
};
const refusal = { secretSha256: GENUINE, customerId: 'fabrikam', reason: 'Not now', at: LATER };
const cancelled = { type: 'InvitationCancelled', data: { ...ID, at: LATER } } as const;
const declined = {
  type: 'InvitationDeclined',
  data: { ...ID, customerId: 'fabrikam', reason: 'Not now', at: LATER },
} as const;
const EXPIRY = sent.data.expiresAt;

describe('An invitation', () => {
  it('starts a relationship as a draft (R8, C9)', () => {
    given([])
      .when((state) => draft(state, drafted().data))
      .then([drafted()]);
  });

  it('is drafted once', () => {
    given([drafted()])
      .when((state) => draft(state, drafted().data))
      .thenRejected('invitation-drafted');
  });

  it('can be edited while its personal link stays in the text (R11)', () => {
    const edited = { subject: 'Hi', text: `New words, ${LINK_PLACEHOLDER}` };
    given([drafted()])
      .when((state) => editDraft(state, 'contoso', edited, LATER))
      .then([{ type: 'InvitationDraftEdited', data: { ...ID, draft: edited, at: LATER } }]);
  });

  it('refuses an edit without the link, naming the field and the rule (R11)', () => {
    const rejection = given([drafted()])
      .when((state) => editDraft(state, 'contoso', { subject: 'Hi', text: 'No link' }, LATER))
      .thenRejected('draft-without-link');
    expect(rejection.hints).toMatchObject({ rule: 'R11', pointer: '/text' });
  });

  it('is accepted for its link alone: whatever else a text says, without the link it is refused (R11)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes(LINK_PLACEHOLDER));
        given([drafted()])
          .when((state) => editDraft(state, 'contoso', { subject: 'Hi', text }, LATER))
          .thenRejected('draft-without-link');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is sent when the partner is done with the draft, and expires 30 days later (C12, D4)', () => {
    given([drafted()])
      .when((state) => send(state, 'contoso', AT))
      .then([sent]);
  });

  it('expires when asked otherwise (D4)', () => {
    const expiresAt = '2026-11-08T10:00:00.000Z';
    given([drafted({ validForDays: 7 })])
      .when((state) => send(state, 'contoso', AT))
      .then([{ type: 'InvitationSent', data: { ...ID, at: AT, expiresAt } }]);
  });

  it('can no longer be edited or sent once it is sent (C12)', () => {
    const edited = drafted().data.draft;
    given([drafted(), sent])
      .when((state) => editDraft(state, 'contoso', edited, LATER))
      .thenRejected('invitation-sent');
    given([drafted(), sent])
      .when((state) => send(state, 'contoso', LATER))
      .thenRejected('invitation-sent');
  });

  it('is accepted by the holder of the genuine link, in one event that names each outcome (R14, D1, D3)', () => {
    given([drafted(), sent])
      .when((state) => accept(state, acceptance))
      .then([accepted()]);
  });

  it('records that the customer refused the privileges asked for (D3)', () => {
    given([drafted(), sent])
      .when((state) => accept(state, { ...acceptance, grantPrivileges: false }))
      .then([
        accepted({ outcomes: [{ partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'refused' }] }),
      ]);
  });

  it('records no grant of privileges that were not asked for (D3)', () => {
    given([drafted({ privilegesRequested: false }), sent])
      .when((state) => accept(state, acceptance))
      .then([
        accepted({
          outcomes: [{ partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'not-requested' }],
        }),
      ]);
  });

  it('gives a provider no privileges (R22)', () => {
    const parties = [{ partnerId: 'contoso', role: 'provider' }] as const;
    given([drafted({ parties }), sent])
      .when((state) => accept(state, acceptance))
      .then([
        accepted({
          outcomes: [{ partnerId: 'contoso', role: 'provider', authorised: true, privileges: 'not-requested' }],
        }),
      ]);
  });

  it('tells a wrong link no more than an unknown invitation does (D6)', () => {
    const wrong = { ...acceptance, secretSha256: 'b'.repeat(64) };
    const rejections = [
      [],
      [drafted()],
      [drafted(), sent],
      [drafted(), sent, accepted()],
      [drafted(), sent, cancelled],
    ].map((history) =>
      given(history)
        .when((state) => accept(state, wrong))
        .thenRejected('invitation-not-found'),
    );
    expect(new Set(rejections.map(({ message, hints, kind }) => JSON.stringify([message, hints, kind]))).size).toBe(1);
  });

  it.each([
    ['is accepted once (D6)', [drafted(), sent, accepted()], 'invitation-accepted'],
    ['is not accepted once declined (D4)', [drafted(), sent, declined], 'invitation-declined'],
    ['is not accepted once cancelled (D4)', [drafted(), sent, cancelled], 'invitation-cancelled'],
    ['is not accepted while it is a draft (C12)', [drafted()], 'invitation-drafted'],
  ])('%s', (_, history, code) => {
    given(history)
      .when((state) => accept(state, acceptance))
      .thenRejected(code);
    given(history)
      .when((state) => decline(state, refusal))
      .thenRejected(code);
  });

  it('refuses a late acceptance though no InvitationExpired was written (D4)', () => {
    given([drafted(), sent])
      .when((state) => accept(state, { ...acceptance, at: EXPIRY }))
      .thenRejected('invitation-expired');
  });

  it('is re-issued until it expires, and not later though no InvitationExpired was written (D4)', () => {
    const link = { issue: 2, keyId: 'k1', secretSha256: 'c'.repeat(64) };
    const { expiresAt } = sent.data;
    expect(reissue(fold(invitation, [drafted(), sent]), 'contoso', link, LATER)).toMatchObject([{ data: { link } }]);
    const { hints } = given([drafted(), sent])
      .when((state) => reissue(state, 'contoso', link, expiresAt))
      .thenRejected('invitation-expired');
    expect(hints).toMatchObject({ state: 'expired', next: 'Invite the customer anew.' });
  });

  it('is good until the last millisecond (D4)', () => {
    const at = new Date(Date.parse(EXPIRY) - 1).toISOString();
    given([drafted(), sent])
      .when((state) => accept(state, { ...acceptance, at }))
      .then([accepted({ at })]);
  });

  it('is declined with a reason (D4)', () => {
    given([drafted(), sent])
      .when((state) => decline(state, refusal))
      .then([declined]);
  });

  it('is cancelled by its partner, draft or sent (D4)', () => {
    given([drafted()])
      .when((state) => cancel(state, 'contoso', LATER))
      .then([cancelled]);
    given([drafted(), sent])
      .when((state) => cancel(state, 'contoso', LATER))
      .then([cancelled]);
  });

  it('is not cancelled once accepted (D4)', () => {
    given([drafted(), sent, accepted()])
      .when((state) => cancel(state, 'contoso', LATER))
      .thenRejected('invitation-accepted');
  });

  it('is as good as unknown to a partner whose it is not', () => {
    given([drafted()])
      .when((state) => cancel(state, 'other', LATER))
      .thenRejected('invitation-not-found');
    expect(() => requireOwn(fold(invitation, [drafted()]), 'other')).toThrow('no such invitation');
  });

  it('shows as expired from its expiry on, without any event (D4)', () => {
    const state = fold(invitation, [drafted(), sent]);
    expect([statusAt(state, LATER), statusAt(state, EXPIRY)]).toEqual(['sent', 'expired']);
  });
});
