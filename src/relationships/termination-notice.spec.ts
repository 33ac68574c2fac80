import { decisionSpec } from '../kernel/given.fixture.js';
import { established, removed } from '../customers/pair.fixture.js';
import type { RelationshipEvent, RelationshipRemoved, TerminationNotice } from './relationship.events.js';
import { giveNotice, terminationNotice } from './termination-notice.js';

const given = decisionSpec(terminationNotice);
const facts = {
  ...{ partnerId: 'contoso', customerId: 'fabrikam', givenOn: '2026-03-02', evidence: 'Letter of 2 March' },
  at: '2026-03-02T12:00:00.000Z',
};
const noticeGiven: RelationshipEvent = { type: 'TerminationNoticeGiven', data: { ...facts, to: 'partner' } };
const removedWith = (notice: TerminationNotice): RelationshipRemoved => {
  const { type, data } = removed() as RelationshipRemoved;
  return { type, data: { ...data, notice: { ...notice, generatedByThisService: false } } };
};
const due = removedWith({ required: true, to: 'partner', given: false, dueBy: '2026-03-31' });

describe('The notice of termination', () => {
  it('is recorded as given, to whom the removal stated that it is required (R28)', () => {
    given([established(), due])
      .when((state) => giveNotice(state, facts))
      .then([{ type: 'TerminationNoticeGiven', data: { ...facts, to: 'partner' } }]);
  });

  it('is recorded with its day and evidence also where the removal stated it as given (R28)', () => {
    given([removedWith({ ...due.data.notice, given: true })])
      .when((state) => giveNotice(state, facts))
      .then([noticeGiven]);
  });

  it.each([
    ['before any removal', [established()], 'no-removal'],
    ['of nobody known', [], 'no-removal'],
    ['that is not required', [removedWith({ required: false, to: null, given: false })], 'notice-not-required'],
    ['that is recorded already', [due, noticeGiven], 'notice-already-given'],
  ] as const)('%s cannot be recorded (R28)', (_, history, code) => {
    const rejection = given(history)
      .when((state) => giveNotice(state, facts))
      .thenRejected(code);
    expect([rejection.kind, rejection.hints.rule]).toEqual(['conflict', 'R28']);
  });

  it('is recorded once it was given, not before; a day begins in the east (R28)', () => {
    const recording = (givenOn: string, at: string) =>
      given([due]).when((state) => giveNotice(state, { ...facts, givenOn, at }));
    recording('2026-03-04', facts.at).thenRejected('notice-not-given-yet');
    recording('2026-03-03', '2026-03-02T09:59:59.999Z').thenRejected('notice-not-given-yet');
    expect(() => giveNotice({ status: 'due', to: 'partner' }, { ...facts, givenOn: '2026-03-03' })).not.toThrow();
  });

  it('stays due when a new relationship is established: nothing gives it but the partner (R28, R29)', () => {
    given([due, established()])
      .when((state) => giveNotice(state, facts))
      .then([noticeGiven]);
  });

  it('is that of the last removal (R28)', () => {
    given([due, established(), removedWith({ required: false, to: null, given: false })])
      .when((state) => giveNotice(state, facts))
      .thenRejected('notice-not-required');
  });
});
