import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { Moments } from '../platform/event-store/moments.service.js';
import { PairHistories } from './pair-histories.service.js';
import { pairUpTo } from './pair-history.js';
import { permissionsIn } from './permissions.js';

export class BasedPermissionView {
  readonly allowed!: boolean;
  /** The reason, in words. */
  readonly because!: string;
  /** The id of the event it rests on; null when no event says anything about it. */
  readonly basis!: string | null;
}

export class ProviderOrderView extends BasedPermissionView {
  readonly partnerId!: string;
}

export class OrderView extends BasedPermissionView {
  /** For a reseller: each provider that it is connected to, and whether that may order (R17, R20). */
  readonly through!: ProviderOrderView[];
}

export class PermissionsView {
  readonly partnerId!: string;
  readonly customerId!: string;
  /** The moment asked about; null for now. */
  readonly asOf!: string | null;
  /** By the partner's enrolment, the customer being known, and the partner's own relationship (R2). */
  readonly transact!: BasedPermissionView;
  /** By the provider's own relationship (R3). */
  readonly order!: OrderView;
  /** By delegated admin privileges alone, after a removal too (R25). */
  readonly administer!: BasedPermissionView;
  /** How far the log reached when it was read; also the header Read-Position. */
  readonly position!: string;
}

/** What a partner may do for a customer, now or as of a moment (R2, R3, R17, R25). */
export class ReadPermissions extends Query<PermissionsView> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly asOf: string | undefined,
  ) {
    super();
  }
}

@QueryHandler(ReadPermissions)
export class ReadPermissionsHandler implements IQueryHandler<ReadPermissions> {
  constructor(
    private readonly histories: PairHistories,
    private readonly moments: Moments,
  ) {}

  async execute({ partnerId, customerId, asOf }: ReadPermissions): Promise<PermissionsView> {
    const { moment, head } = await this.moments.past('asOf', asOf);
    const history = pairUpTo(await this.histories.of(partnerId, customerId), moment);
    const { order, ...permissions } = permissionsIn(history);
    return {
      ...{ partnerId, customerId, asOf: asOf ?? null, ...permissions },
      order: { ...order, through: [...order.through] },
      position: head.toString(),
    };
  }
}
