import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsDefined, IsOptional } from 'class-validator';
import type { Dated, Moment } from '../kernel/moment.js';
import { Moments } from '../platform/event-store/moments.service.js';
import { IsMoment } from '../platform/http/as-of.dto.js';
import { ValidationFailed } from '../platform/http/validation.js';
import { privilegesView, relationshipView } from './customer-record.view.js';
import type { Change, PairChanges } from './pair-changes.js';
import { changesBetween } from './pair-changes.js';
import { PairHistories } from './pair-histories.service.js';
import { pairUpTo, sizeOf } from './pair-history.js';
import { BasedPermissionView } from './permissions.query.js';

export class ChangesQuery {
  /** The earlier moment: a position in the log, or the time by which the event store had recorded. */
  @IsDefined()
  @IsMoment()
  from!: string;

  /** The later moment; now when left out. */
  @IsOptional()
  @IsMoment()
  to?: string;
}

export class ChangeView {
  readonly changed!: boolean;
  /** The ids of the events that changed it. */
  readonly by!: string[];
}

export class RelationshipAt {
  readonly status!: 'none' | 'established' | 'removed';
  readonly role!: string | null;
  readonly since!: string | null;
  readonly removedAt!: string | null;
}

export class RelationshipChange extends ChangeView {
  readonly before!: RelationshipAt;
  readonly after!: RelationshipAt;
}

export class PrivilegesAt {
  readonly status!: string;
  readonly since!: string | null;
  readonly revokedAt!: string | null;
  readonly basis!: string | null;
}

export class PrivilegesChange extends ChangeView {
  readonly before!: PrivilegesAt;
  readonly after!: PrivilegesAt;
}

export class PermissionChange extends ChangeView {
  readonly before!: BasedPermissionView;
  readonly after!: BasedPermissionView;
}

export class PermissionChanges {
  readonly transact!: PermissionChange;
  readonly order!: PermissionChange;
  readonly administer!: PermissionChange;
}

export class EventInBetween {
  readonly eventId!: string;
  readonly type!: string;
  readonly stream!: string;
  readonly position!: string;
  /** When the event store recorded it. */
  readonly recordedAt!: string;
}

export class PairChangesView {
  readonly partnerId!: string;
  readonly customerId!: string;
  readonly from!: string;
  readonly to!: string | null;
  readonly relationship!: RelationshipChange;
  readonly privileges!: PrivilegesChange;
  readonly permissions!: PermissionChanges;
  /** Everything recorded in between that concerns these, in log order. */
  readonly events!: EventInBetween[];
  readonly position!: string;
}

/** What changed between a partner and a customer from one moment to another, and by which events. */
export class ReadPairChanges extends Query<PairChangesView> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly between: ChangesQuery,
  ) {
    super();
  }
}

@QueryHandler(ReadPairChanges)
export class ReadPairChangesHandler implements IQueryHandler<ReadPairChanges> {
  constructor(
    private readonly histories: PairHistories,
    private readonly moments: Moments,
  ) {}

  async execute({ partnerId, customerId, between: { from, to } }: ReadPairChanges): Promise<PairChangesView> {
    const earlier = await this.moments.past('from', from);
    const later = await this.moments.past('to', to);
    requireOrder(earlier.moment, later.moment);
    const history = await this.histories.of(partnerId, customerId);
    const [before, after] = [pairUpTo(history, earlier.moment), pairUpTo(history, later.moment)];
    if (sizeOf(before) > sizeOf(after)) throw fromIsLater();
    const changes = changesBetween(before, after);
    return { partnerId, customerId, from, to: to ?? null, ...viewOf(changes), position: later.head.toString() };
  }
}

const requireOrder = (from: Moment | null, to: Moment | null): void => {
  if (from === null || to === null) return;
  const positions = 'position' in from && 'position' in to && from.position > to.position;
  const times = 'time' in from && 'time' in to && from.time > to.time;
  if (positions || times) throw fromIsLater();
};

const fromIsLater = (): ValidationFailed =>
  new ValidationFailed([{ pointer: '/from', rule: 'order', detail: 'from must not be later than to' }]);

const viewed = <T, V>({ before, after, changed, by }: Change<T>, view: (of: T) => V) => ({
  ...{ changed, before: view(before), after: view(after) },
  by: [...by],
});

const viewOf = ({ relationship, privileges, permissions, events }: PairChanges) => ({
  relationship: viewed(relationship, relationshipView),
  privileges: viewed(privileges, privilegesView),
  permissions: {
    transact: viewed(permissions.transact, (of) => of),
    order: viewed(permissions.order, (of) => of),
    administer: viewed(permissions.administer, (of) => of),
  },
  events: events.map(eventView),
});

const eventView = ({ id, event, stream, position, recordedAt }: Dated): EventInBetween => ({
  ...{ eventId: id, type: event.type, stream, recordedAt },
  position: position.toString(),
});
