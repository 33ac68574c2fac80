import fc from 'fast-check';
import { removed } from '../customers/pair.fixture.js';
import type { Decider } from '../kernel/decider.js';
import { fold } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import { grant, privileges } from '../privileges/privilege.js';
import type { RelationshipEvent } from '../relationships/relationship.events.js';
import { establish, relationship } from '../relationships/relationship.js';
import type { AcceptanceStep } from './acceptance.workflow.js';
import { isOvertaken, planAcceptance } from './acceptance.workflow.js';
import { LATER, accepted } from './invitation.fixture.js';

interface Logged {
  readonly position: bigint;
  readonly by: string;
  readonly event: DomainEvent;
}

const REVOKED: PrivilegeEvent = {
  type: 'DelegatedAdminPrivilegesRevoked',
  data: { partnerId: 'contoso', customerId: 'fabrikam', by: 'customer', evidence: null, at: LATER },
};

/** One pair, whose log is all that is remembered, as it is after a crash. */
class Pair {
  readonly log: Logged[] = [];
  readonly acceptances: bigint[] = [];

  accept(): void {
    this.append('InvitationAccepted', [accepted()]);
    this.acceptances.push(BigInt(this.log.length));
    this.follow(BigInt(this.log.length));
  }

  /** Carries out what follows from the acceptance at this position, however often that was done before. */
  follow(position: bigint): void {
    for (const step of planAcceptance(accepted())) {
      const by = `${position}/${step.name}`;
      if (this.log.some((one) => one.by === by) || isOvertaken(step, position, this.log)) continue;
      this.append(by, this.decide(step));
    }
  }

  state<State, Event extends DomainEvent>(decider: Decider<State, Event>, kind: string): State {
    return fold(decider, this.log.map(({ event }) => event).filter(({ type }) => type.startsWith(kind)) as Event[]);
  }

  append(by: string, events: readonly DomainEvent[]): void {
    for (const event of events) this.log.push({ position: BigInt(this.log.length + 1), by, event });
  }

  private decide(step: AcceptanceStep): (RelationshipEvent | PrivilegeEvent)[] {
    if (step.do === 'establish-relationship') return establish(this.state(relationship, 'Relationship'), step.facts);
    return step.do === 'grant-privileges' ? grant(this.state(privileges, 'Delegated'), step.facts) : [];
  }
}

const ACTS = {
  accept: (pair: Pair) => pair.accept(),
  remove: (pair: Pair) => {
    if (pair.state(relationship, 'Relationship').status === 'established') pair.append('removal', [removed()]);
  },
  revoke: (pair: Pair) => {
    if (pair.state(privileges, 'Delegated').status === 'in-force') pair.append('revocation', [REVOKED]);
  },
};

describe('Acceptances that are followed again', () => {
  it('change nothing, whatever came after them and in whatever order they are followed (D1, D3, R25)', () => {
    const acts = fc.array(fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])), { maxLength: 14 });
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat()), (played, choices) => {
        const pair = new Pair();
        for (const act of played) ACTS[act](pair);
        const before = [...pair.log];
        const again = pair.acceptances.flatMap((position) => [position, position]);
        for (const choice of choices.take(again.length)) pair.follow(again.splice(choice % again.length, 1)[0] ?? 0n);
        expect(pair.log).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });
});
