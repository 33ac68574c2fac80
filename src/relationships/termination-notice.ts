import type { Decider } from '../kernel/decider.js';
import { newestDay } from '../kernel/moment.js';
import { Rejection } from '../kernel/rejection.js';
import type { RelationshipEvent, RelationshipRemoved, TerminationNoticeGiven } from './relationship.events.js';

/** What has become of the notice that the last removal stated (R28). A new relationship does not give it. */
export type NoticeStatus =
  | { readonly status: 'no-removal' | 'not-required' | 'given' }
  | { readonly status: 'due' | 'stated-as-given'; readonly to: 'customer' | 'partner' };

const afterRemoval = ({ required, to, given }: RelationshipRemoved['data']['notice']): NoticeStatus => {
  if (!required || to === null) return { status: 'not-required' };
  return { status: given ? 'stated-as-given' : 'due', to };
};

/** The notice's own view of the relationship's stream. */
export const terminationNotice: Decider<NoticeStatus, RelationshipEvent> = {
  initial: { status: 'no-removal' },
  evolve: (state, { type, data }) => {
    if (type === 'RelationshipRemoved') return afterRemoval(data.notice);
    return type === 'TerminationNoticeGiven' ? { status: 'given' } : state;
  },
};

const REFUSALS = {
  'no-removal': ['no-removal', 'No removal is recorded that could require a notice.', 'Remove the relationship first.'],
  'not-required': ['notice-not-required', 'The removal stated that no notice is required.', 'Nothing is left to do.'],
  given: ['notice-already-given', 'The notice is recorded as given already.', 'Nothing is left to do.'],
} as const;

/**
 * Records that the partner has given the notice that its removal requires (R28): nobody else gives it (R29). What the removal
 * stated as given says neither when nor by what evidence, until this is recorded.
 */
export const giveNotice = (
  state: NoticeStatus,
  facts: Omit<TerminationNoticeGiven['data'], 'to'>,
): TerminationNoticeGiven[] => {
  if (state.status !== 'due' && state.status !== 'stated-as-given') {
    const [code, message, next] = REFUSALS[state.status];
    throw new Rejection('conflict', code, message, { rule: 'R28', state: state.status, next });
  }
  if (facts.givenOn > newestDay(facts.at))
    throw new Rejection('invalid', 'notice-not-given-yet', 'A notice is recorded once it was given.', {
      rule: 'R28',
      pointer: '/givenOn',
      state: state.status,
      next: 'Record it on the day it was given, or later.',
    });
  return [{ type: 'TerminationNoticeGiven', data: { ...facts, to: state.to } }];
};
