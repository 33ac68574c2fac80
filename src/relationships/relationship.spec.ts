import fc from 'fast-check';
import { fold } from '../kernel/decider.js';
import { decisionSpec } from '../kernel/given.fixture.js';
import { currentAttestation } from './attestation.js';
import type { RelationshipEstablished, RelationshipEvent, RelationshipRemoved } from './relationship.events.js';
import type { Removal } from './relationship.js';
import { establish, recordExisting, relationship, remove, requireNotEstablished } from './relationship.js';

const given = decisionSpec(relationship);
const pair = { partnerId: 'contoso', customerId: 'fabrikam' };
const customer = { name: 'Fabrikam', domain: 'fabrikam.example' };
const established: RelationshipEstablished = {
  type: 'RelationshipEstablished',
  data: {
    ...pair,
    role: 'reseller',
    by: { kind: 'invitation', invitationId: 'i-1' },
    origin: 'own-marketing',
    customer,
    at: '2026-11-01T10:00:00.000Z',
  },
};
const removal: Removal = {
  ...pair,
  reason: 'The contract has ended',
  attestation: currentAttestation(),
  attestedBy: 'alice',
  notice: { required: true, to: 'customer', given: false },
  privileges: {
    status: 'in-force',
    since: '2026-11-01T10:00:00.000Z',
    invitationId: 'i-1',
    basis: 'event-7',
    asOfRevision: '0',
  },
  at: '2026-11-10T10:00:00.000Z',
};
const { attestedBy, ...kept } = removal;
const removed: RelationshipRemoved = {
  type: 'RelationshipRemoved',
  data: {
    ...kept,
    role: 'reseller',
    attestation: { ...currentAttestation(), attestedBy },
    notice: { ...removal.notice, generatedByThisService: false },
  },
};

describe('A relationship', () => {
  it('is established by an accepted invitation (R8, R14)', () => {
    given([])
      .when((state) => establish(state, established.data))
      .then([established]);
  });

  it('is established once, however often it is asked for (D1)', () => {
    given([established])
      .when((state) => establish(state, established.data))
      .then([]);
  });

  it('stands in the way of another one with the same partner (D5)', () => {
    expect(() => requireNotEstablished(fold(relationship, [established]), 'contoso')).toThrow('stands already');
    expect(() => requireNotEstablished(fold(relationship, [established, removed]), 'contoso')).not.toThrow();
  });

  it('starts afresh after a removal (D5)', () => {
    given([established, removed])
      .when((state) => establish(state, established.data))
      .then([established]);
  });

  it('is removed by its partner, with what was attested and by whom, word for word (C23, R26, R27)', () => {
    given([established])
      .when((state) => remove(state, removal))
      .then([removed]);
  });

  it('is removed with the privileges as they stood, untouched (R25)', () => {
    expect(removed.data.privileges).toBe(removal.privileges);
  });

  it('is not removed without the representation of good faith, word for word (R26)', () => {
    const attestation = { ...currentAttestation(), goodFaith: 'We mean well.' };
    const rejection = given([established])
      .when((state) => remove(state, { ...removal, attestation }))
      .thenRejected('attestation-not-stated');
    expect(rejection.hints).toMatchObject({ rule: 'R26', pointer: '/attestation/goodFaith' });
  });

  it('is not removed without the agreement to defend and hold harmless (R27)', () => {
    const attestation = { ...currentAttestation(), indemnity: '' };
    const rejection = given([established])
      .when((state) => remove(state, { ...removal, attestation }))
      .thenRejected('attestation-not-stated');
    expect(rejection.hints).toMatchObject({ rule: 'R27', pointer: '/attestation/indemnity' });
  });

  it('is not removed under a version of the text that does not exist (R26, R27)', () => {
    const attestation = { ...currentAttestation(), version: '1999-01' };
    given([established])
      .when((state) => remove(state, { ...removal, attestation }))
      .thenRejected('attestation-not-stated');
  });

  it.each([
    ['required, yet to nobody', { required: true, to: null, given: false }],
    ['not required, yet to somebody', { required: false, to: 'partner', given: false }],
  ] as const)('is not removed with a notice that is %s (R28)', (_, notice) => {
    const rejection = given([established])
      .when((state) => remove(state, { ...removal, notice }))
      .thenRejected('notice-not-stated');
    expect(rejection.hints.rule).toBe('R28');
  });

  it('keeps that this service gave no notice (R29)', () => {
    expect(removed.data.notice.generatedByThisService).toBe(false);
  });

  it('is removed once; a second time it says since when it is gone (C23)', () => {
    given([established, removed])
      .when((state) => remove(state, removal))
      .thenRejected('relationship-already-removed');
  });

  it('is recorded as a portal shows it, without an invitation (R4)', () => {
    const imported: RelationshipEstablished = {
      ...established,
      data: { ...established.data, by: { kind: 'portal', portal: 'azure-portal', since: null }, origin: null },
    };
    given([])
      .when((state) => recordExisting(state, imported.data))
      .then([imported]);
    given([established])
      .when((state) => recordExisting(state, imported.data))
      .then([]);
  });

  it('is not brought back by a portal once it was removed here (R4, D5)', () => {
    const rejection = given([established, removed])
      .when((state) => recordExisting(state, established.data))
      .thenRejected('relationship-already-removed');
    expect(rejection.hints).toMatchObject({ rule: 'D5', next: expect.stringContaining('Invite') });
  });

  it('that never was cannot be removed', () => {
    given([])
      .when((state) => remove(state, removal))
      .thenRejected('customer-not-found');
  });

  it('is never established twice in a row by any sequence of commands (D1)', () => {
    const commands = fc.array(fc.constantFrom('establish', 'remove'), { maxLength: 30 });
    fc.assert(
      fc.property(commands, (sequence) => {
        const history: RelationshipEvent[] = [];
        for (const command of sequence) {
          const state = fold(relationship, history);
          if (command === 'establish') history.push(...establish(state, established.data));
          else if (state.status === 'established') history.push(...remove(state, removal));
        }
        expect(history.every(({ type }, index) => type !== history[index - 1]?.type)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
