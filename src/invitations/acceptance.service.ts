import { Injectable } from '@nestjs/common';
import { customerStream } from '../customers/customer.events.js';
import type { Customer } from '../customers/customer.js';
import { customer, register } from '../customers/customer.js';
import type { DomainEvent, Recorded } from '../kernel/event.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { derivedId } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { EventStoreUnavailable } from '../platform/event-store/errors.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import type { Privileges } from '../privileges/privilege.js';
import { grant, privileges } from '../privileges/privilege.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import type { Relationship } from '../relationships/relationship.js';
import { establish, relationship } from '../relationships/relationship.js';
import type { AcceptanceStep } from './acceptance.workflow.js';
import { isOvertaken, planAcceptance } from './acceptance.workflow.js';
import type { InvitationAccepted } from './invitation.events.js';

const WORKFLOW = 'acceptance-workflow';

/** How many acceptances are remembered: the request and the follower come to each at nearly the same time. */
const REMEMBERED = 10_000;

/** Carries out what follows from an acceptance. Each step is a command with a derived id: repeated, it appends nothing. */
@Injectable()
export class AcceptanceCompletion {
  private readonly begun = new Map<string, Promise<bigint>>();

  constructor(
    private readonly commands: CommandHandling,
    private readonly store: EventStore,
  ) {}

  /**
   * Completes one acceptance, for whoever asks for it; who comes while it is under way waits for the same. Gives the
   * position at which everything stands. @throws EventStoreUnavailable, and the next one to ask tries again
   */
  complete(accepted: Recorded<InvitationAccepted>): Promise<bigint> {
    const { id } = accepted;
    const begun = this.begun.get(id);
    if (begun) return begun;
    const completing = this.carryOutAll(accepted);
    if (this.begun.size >= REMEMBERED) this.begun.delete(this.begun.keys().next().value as string);
    this.begun.set(id, completing);
    completing.catch(() => this.begun.delete(id));
    return completing;
  }

  /** The steps go out together: they stand in streams of their own, and none decides on what another has done. */
  private async carryOutAll(accepted: Recorded<InvitationAccepted>): Promise<bigint> {
    const steps = planAcceptance(accepted.event).map((step) => this.carryOut(step, accepted));
    const ended = await Promise.allSettled(steps);
    const positions = ended.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value.position;
    });
    return positions.reduce((last, one) => (one > last ? one : last), accepted.position);
  }

  /** Asked only about what has ended. An append that was recognised as repeated does not say where it stands. */
  private async isOvertaken(stream: string, step: AcceptanceStep, accepted: Recorded<InvitationAccepted>) {
    const { position } = accepted.position > 0n ? accepted : await this.asRecorded(accepted);
    return isOvertaken(step, position, await this.store.read<DomainEvent>(stream));
  }

  private async asRecorded({ stream, revision }: Recorded<InvitationAccepted>): Promise<Recorded<InvitationAccepted>> {
    const found = await this.store.readOne<InvitationAccepted>(stream, revision);
    if (!found) throw new EventStoreUnavailable(`read ${stream} at ${revision}`, null);
    return found;
  }

  private carryOut(step: AcceptanceStep, accepted: Recorded<InvitationAccepted>): Promise<{ position: bigint }> {
    const { facts } = step;
    const context = contextFor(accepted, step);
    const likelyNew = { likelyNew: true };
    switch (step.do) {
      case 'register-customer': {
        const decide = (state: Customer) => register(state, step.facts);
        return this.commands.handle(customerStream(facts.customerId), customer, context, decide, likelyNew);
      }
      case 'establish-relationship': {
        const stream = relationshipStream(step.facts.partnerId, facts.customerId);
        const unless = (state: Relationship) => state.status === 'removed' && this.isOvertaken(stream, step, accepted);
        const decide = async (state: Relationship) => ((await unless(state)) ? [] : establish(state, step.facts));
        return this.commands.handle(stream, relationship, context, decide, likelyNew);
      }
      case 'grant-privileges': {
        const stream = privilegeStream(step.facts.partnerId, facts.customerId);
        const unless = (state: Privileges) => state.status === 'revoked' && this.isOvertaken(stream, step, accepted);
        const decide = async (state: Privileges) => ((await unless(state)) ? [] : grant(state, step.facts));
        return this.commands.handle(stream, privileges, context, decide, likelyNew);
      }
    }
  }
}

/** The step's command belongs to the acceptance: same person, same correlation, caused by its event. */
const contextFor = ({ id, metadata, event }: Recorded<InvitationAccepted>, step: AcceptanceStep): CommandContext => ({
  actor: { ...metadata.actor, through: WORKFLOW },
  commandId: derivedId(id, step.name),
  fingerprint: `${WORKFLOW}:${step.name}`,
  isSameRequest: () => true,
  correlationId: metadata.correlationId,
  causationId: id,
  expectedRevision: null,
  now: event.data.at,
});
