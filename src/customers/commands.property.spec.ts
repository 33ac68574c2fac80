import fc from 'fast-check';
import { residualPrivileges } from '../../projections/residual-privileges/residual-privileges.js';
import type { Fact } from '../../projections/kernel/event-types.js';
import { fold } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import { privilegesAsOf } from '../privileges/privileges-as-of.js';
import { grant, privileges, revoke } from '../privileges/privilege.js';
import { currentAttestation } from '../relationships/attestation.js';
import type { RelationshipEvent } from '../relationships/relationship.events.js';
import { establish, recordExisting, relationship, remove } from '../relationships/relationship.js';
import { giveNotice, terminationNotice } from '../relationships/termination-notice.js';
import { at, granted, established, logOf } from './pair.fixture.js';

const pair = { partnerId: 'contoso', customerId: 'fabrikam' };
const COMMANDS = ['accept and grant', 'accept and refuse', 'import', 'remove', 'revoke', 'report', 'notify'] as const;
type Command = (typeof COMMANDS)[number];

/** The streams of one pair, written as the handlers write them: load, decide, append. */
class Streams {
  readonly log: (RelationshipEvent | PrivilegeEvent)[] = [];

  get relationship(): RelationshipEvent[] {
    return this.log.filter((event): event is RelationshipEvent => !event.type.startsWith('Delegated'));
  }

  get privileges() {
    return logOf(this.log.filter((event): event is PrivilegeEvent => event.type.startsWith('Delegated')));
  }

  /** Carries a command out; one that is refused changes nothing. */
  handle(command: Command, n: number): void {
    try {
      this.log.push(...this.decide(command, n));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
    }
  }

  private decide(command: Command, n: number): readonly (RelationshipEvent | PrivilegeEvent)[] {
    const state = fold(relationship, this.relationship);
    const held = fold(
      privileges,
      this.privileges.map(({ event }) => event),
    );
    const facts = { ...established('contoso', 'reseller', n).data } as Parameters<typeof establish>[1];
    const ended = { ...pair, at: at(n) };
    switch (command) {
      case 'accept and grant':
        return [...establish(state, facts), ...grant(held, { ...ended, invitationId: `i-${n}` })];
      case 'accept and refuse':
        return establish(state, facts);
      case 'import':
        return recordExisting(state, facts);
      case 'remove':
        return remove(state, this.removal(n));
      case 'revoke':
        return revoke(held, { ...ended, by: 'customer', evidence: null });
      case 'report':
        return revoke(held, { ...ended, by: 'partner-with-evidence', evidence: { reference: 'x', actedAt: at(n) } });
      case 'notify':
        return giveNotice(fold(terminationNotice, this.relationship), {
          ...ended,
          givenOn: '2026-03-01',
          evidence: 'x',
        });
    }
  }

  private removal(n: number) {
    const notice = { required: true, to: 'customer', given: false } as const;
    const stated = { reason: 'over', attestation: currentAttestation(), attestedBy: 'alice', notice };
    return { ...pair, ...stated, privileges: privilegesAsOf(this.privileges), at: at(n) };
  }
}

const sequences = fc.array(fc.constantFrom(...COMMANDS), { maxLength: 40 });
const always = (property: (streams: Streams, command: Command, n: number) => void) =>
  fc.assert(
    fc.property(sequences, (commands) => {
      const streams = new Streams();
      commands.forEach((command, n) => property(streams, command, n));
    }),
    { numRuns: 1_000 },
  );

describe('Whatever commands come in whatever order,', () => {
  it('a removal leaves the privileges as they were, and says how they were (R25)', () =>
    always((streams, command, n) => {
      const before = streams.privileges;
      const count = streams.log.length;
      streams.handle(command, n);
      if (command !== 'remove') return;
      expect(streams.privileges).toEqual(before);
      const said = streams.log.slice(count).map(({ data }) => 'privileges' in data && data.privileges);
      expect(said).toEqual(said.map(() => privilegesAsOf(before)));
    }));

  it('privileges end by the customer’s act or evidence of it, and by nothing else (D3, R25)', () =>
    always((streams, command, n) => {
      const isHeld = () => streams.privileges.at(-1)?.event.type === granted().type;
      const before = isHeld();
      streams.handle(command, n);
      if (before && !isHeld()) expect(['revoke', 'report']).toContain(command);
    }));

  it('a relationship is never established twice, nor removed twice (D1, C23)', () =>
    always((streams, command, n) => {
      streams.handle(command, n);
      const turns = streams.relationship.map(({ type }) => type).filter((type) => type.startsWith('Relationship'));
      expect(turns.every((type, index) => type !== turns[index - 1])).toBe(true);
    }));

  it('privileges are residual from the removal until a recorded revocation or a new relationship (R25)', () =>
    always((streams, command, n) => {
      streams.handle(command, n);
      const powers = logOf(streams.log).reduce(
        (doc: ReturnType<typeof residualPrivileges.evolve>, fact) => residualPrivileges.evolve(doc, fact as Fact),
        null,
      );
      const isResidual = powers !== null && powers.granted !== null && powers.removedAt !== null;
      const isHeld = streams.privileges.at(-1)?.event.type === granted().type;
      const isRemoved = fold(relationship, streams.relationship).status === 'removed';
      expect(isResidual).toBe(isHeld && isRemoved);
    }));
});
