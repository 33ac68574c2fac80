import type { CustomerRegistered } from '../customers/customer.events.js';
import type { DomainEvent, Recorded } from '../kernel/event.js';
import type { DelegatedAdminPrivilegesGranted } from '../privileges/privilege.events.js';
import type { RelationshipEstablished } from '../relationships/relationship.events.js';
import type { InvitationAccepted, PartyOutcome } from './invitation.events.js';

/** One thing that follows from an acceptance. `name` is unique in the plan: the step's command id is derived from it. */
export type AcceptanceStep =
  | { readonly name: string; readonly do: 'register-customer'; readonly facts: CustomerRegistered['data'] }
  | { readonly name: string; readonly do: 'establish-relationship'; readonly facts: RelationshipEstablished['data'] }
  | { readonly name: string; readonly do: 'grant-privileges'; readonly facts: DelegatedAdminPrivilegesGranted['data'] };

/** The type of event that ends, in the same stream, what a step begins; what ends nothing has none. */
const ENDED_BY: Readonly<Record<AcceptanceStep['do'], string | null>> = {
  'register-customer': null,
  'establish-relationship': 'RelationshipRemoved',
  'grant-privileges': 'DelegatedAdminPrivilegesRevoked',
};

/**
 * Whether a later act has ended what the step would begin. A step that found nothing to do has left no trace: carried out
 * again, it undoes neither a removal nor a revocation that came after the acceptance (D1, D3).
 * @param acceptedAt the acceptance's position in the log
 */
export const isOvertaken = (
  step: AcceptanceStep,
  acceptedAt: bigint,
  history: readonly Pick<Recorded<DomainEvent>, 'event' | 'position'>[],
): boolean => history.some(({ event, position }) => event.type === ENDED_BY[step.do] && position > acceptedAt);

/**
 * Everything that follows from one acceptance (D1): the customer is known (R2), each authorised party has its
 * relationship (R3), and what was granted is recorded (D3). Each step may be repeated; none takes effect twice.
 */
export const planAcceptance = ({ data }: InvitationAccepted): AcceptanceStep[] => [
  { name: 'register', do: 'register-customer', facts: { customerId: data.customerId, ...data.customer, at: data.at } },
  ...data.outcomes.filter(({ authorised }) => authorised).flatMap((outcome) => stepsFor(outcome, data)),
];

const stepsFor = (outcome: PartyOutcome, accepted: InvitationAccepted['data']): AcceptanceStep[] => {
  const { partnerId, role, privileges } = outcome;
  const { customerId, customer, invitationId, origin, at } = accepted;
  const by = { kind: 'invitation', invitationId } as const;
  const established: AcceptanceStep = {
    name: `establish:${partnerId}`,
    do: 'establish-relationship',
    facts: { partnerId, customerId, role, by, origin, customer, at },
  };
  if (privileges !== 'granted') return [established];
  const facts = { partnerId, customerId, invitationId, at };
  return [established, { name: `grant:${partnerId}`, do: 'grant-privileges', facts }];
};
