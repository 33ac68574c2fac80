import { Api } from '../support/api.js';
import type { Service } from '../support/service.js';
import type { Stage } from './stage.fixture.js';
import { ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
let second: Service;
let one: Api;
let other: Api;
beforeAll(async () => {
  stage = await openStage({ INVITATION_URL: 'https://portal.example/invitations' });
  second = await stage.startAnother();
  const token = await stage.token();
  one = stage.partner;
  other = new Api(second.url, token);
  await one.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(async () => {
  await second.kill('SIGTERM');
  await stage.close();
});

const INVITATIONS = '/v1/partners/contoso/invitations';
const draftAt = async (api: Api, key: string, asked: object = anInvitation()) =>
  (await api.post(INVITATIONS, asked, { 'idempotency-key': key })).body;

describe('Two services on one event store, each remembering streams', () => {
  it('decide on what the other has done meanwhile', async () => {
    const { invitation, draft } = await draftAt(one, 'a');
    const path = `${INVITATIONS}/${invitation.invitationId}`;
    const edited = await other.put(`${path}/draft`, { subject: 'Edited elsewhere', text: draft.text });
    expect(edited.body.revision).toBe('1');
    const done = await one.post(`${path}/done`);
    expect(done.body).toMatchObject({ revision: '2', draft: { subject: 'Edited elsewhere' } });
  });

  it('refuse nothing on an old memory', async () => {
    const { invitation, draft } = await draftAt(one, 'b');
    const path = `${INVITATIONS}/${invitation.invitationId}`;
    await one.put(`${path}/draft`, { subject: 'Hi', text: draft.text }, { 'if-match': '"0"' });
    const stale = await other.put(`${path}/draft`, { subject: 'Hi', text: draft.text }, { 'if-match': '"1"' });
    expect(stale.status).toBe(200);
    const fresh = await one.put(`${path}/draft`, { subject: 'Ho', text: draft.text }, { 'if-match': '"2"' });
    expect(fresh.status).toBe(200);
  });

  it('give a repeated command its first answer, whichever is asked (D7)', async () => {
    const asked = anInvitation();
    const first = await draftAt(one, 'c', asked);
    expect(await draftAt(other, 'c', asked)).toEqual(first);
    const path = `${INVITATIONS}/${first.invitation.invitationId}/done`;
    const [done, again] = [
      await other.post(path, undefined, { 'idempotency-key': 'd' }),
      await one.post(path, undefined, { 'idempotency-key': 'd' }),
    ];
    expect(again.body).toEqual(done.body);
    const sent = (await stage.stream(`invitation-${first.invitation.invitationId}`)).filter(
      ({ type }) => type === 'InvitationSent',
    );
    expect(sent).toHaveLength(1);
  });

  it('keep one open invitation to a contact between them (D5)', async () => {
    const asked = anInvitation();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).post(INVITATIONS, asked)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});
