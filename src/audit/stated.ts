import type { Fact } from '../../projections/kernel/event-types.js';

/** What somebody stated in words of its own: a reason, or where an act can be looked up, and when it took place. */
export interface Stated {
  readonly reason?: string;
  readonly evidence?: string;
  /** The day or the moment of the act. */
  readonly on?: string;
}

/**
 * What an event holds in somebody's own words; null for most. It is personal and in no read model, so that it is told from
 * the log itself, of one pair at a time (R26, R28, D3).
 */
export const statedIn = ({ event: { type, data } }: Pick<Fact, 'event'>): Stated | null => {
  switch (type) {
    case 'RelationshipRemoved':
      return { reason: data.reason };
    case 'TerminationNoticeGiven':
      return { evidence: data.evidence, on: data.givenOn };
    case 'DelegatedAdminPrivilegesRevoked':
      return data.evidence && { evidence: data.evidence.reference, on: data.evidence.actedAt };
    default:
      return null;
  }
};
