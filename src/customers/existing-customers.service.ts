import { Injectable } from '@nestjs/common';
import type { Decider } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';
import type { EnrolledPartner } from '../partners/partner.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { derivedId } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import type { Outcome } from '../platform/commands/outcome.js';
import { fingerprintOf, isFingerprintOf } from '../platform/secrets/fingerprint.js';
import { SecretKeys } from '../platform/secrets/secret-keys.js';
import type { RelationshipEstablished } from '../relationships/relationship.events.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import { recordExisting, relationship } from '../relationships/relationship.js';
import { customerStream } from './customer.events.js';
import { customer, register } from './customer.js';
import type { ExistingCustomerRow } from './existing-customer.dto.js';

/** What is recorded of a row: the whole of it is its request, so that another one under the same key is noticed (D7). */
interface ExistingCustomer {
  readonly customerId: string;
  readonly name: string;
  readonly domain: string;
  readonly portal: ExistingCustomerRow['portal'];
  readonly since: string | null;
}

export interface RecordedRow {
  readonly outcome: 'established' | 'already-there';
  readonly position: bigint;
}

/** Records customers that a portal shows already (R4). Nothing is inferred about privileges (D3). */
@Injectable()
export class ExistingCustomers {
  constructor(
    private readonly commands: CommandHandling,
    private readonly keys: SecretKeys,
  ) {}

  /**
   * Makes the customer known and records the partner's relationship. The row's own command id follows from the caller, its
   * key and the customer: a repetition gives the first answer again (D7).
   * @throws Rejection `relationship-already-removed`, `idempotency-key-reused`; EventStoreUnavailable
   */
  async record(context: CommandContext, partner: EnrolledPartner, row: ExistingCustomerRow): Promise<RecordedRow> {
    const { customerId, name, domain, portal, since } = row;
    const existing = { customerId, name, domain, portal, since: since ? since.toISOString() : null };
    const own = this.contextOf(context, partner, existing);
    const registration = { customerId, name, domain, at: own.now };
    await this.begin(customerStream(customerId), customer, own, (state) => register(state, registration));
    const facts = relationshipFacts(partner, existing, own.now);
    const stream = relationshipStream(partner.partnerId, customerId);
    const { events, position } = await this.begin(stream, relationship, own, (state) => recordExisting(state, facts));
    return { outcome: events.length > 0 ? 'established' : 'already-there', position };
  }

  /** Nearly every row begins its streams: it takes one append and no read where it does. */
  private begin<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
    context: CommandContext,
    decide: (state: State) => readonly Event[],
  ): Promise<Outcome<State, Event>> {
    return this.commands.handle(stream, decider, context, decide, { likelyNew: true, passing: true });
  }

  private contextOf(context: CommandContext, { partnerId }: EnrolledPartner, row: ExistingCustomer): CommandContext {
    const { customerId, name, domain, portal, since } = row;
    const content = { import: partnerId, row: [customerId, name, domain, portal, since] };
    return {
      ...context,
      commandId: derivedId(context.commandId, `import/${customerId}`),
      fingerprint: fingerprintOf(this.keys, content),
      isSameRequest: (fingerprint) => isFingerprintOf(this.keys, content, fingerprint),
      expectedRevision: null,
      now: new Date().toISOString(),
    };
  }
}

const relationshipFacts = (
  { partnerId, kind }: EnrolledPartner,
  { customerId, name, domain, portal, since }: ExistingCustomer,
  at: string,
): RelationshipEstablished['data'] => ({
  partnerId,
  customerId,
  role: kind === 'indirect-provider' ? 'provider' : 'reseller',
  by: { kind: 'portal', portal, since },
  origin: null,
  customer: { name, domain },
  at,
});
