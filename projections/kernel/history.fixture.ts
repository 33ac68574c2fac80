import type { Actor } from '../../src/kernel/actor.js';
import type { Fact, KnownEvent } from './event-types.js';

export const T0 = '2026-03-01T09:00:00.000Z';
/** `days` after the first day, at the same time. */
export const day = (days: number): string => new Date(Date.parse(T0) + days * 86_400_000).toISOString();
/** The id of the n-th event of a history, counted from 1. */
export const eventId = (n: number): string => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`;
/** The position of the n-th event of a history; far beyond what a JSON number can hold. */
export const positionOf = (n: number): bigint => 2n ** 60n + BigInt(n);

export const ACTOR: Actor = { kind: 'partner', role: 'admin-agent', partnerId: 'contoso', subject: 'subject-1' };

/** What a log would hold after these events, in this order. */
export const history = (events: readonly KnownEvent[], actor: Actor = ACTOR): Fact[] => {
  const revisions = new Map<string, bigint>();
  return events.map((event, at) => {
    const stream = streamOf(event);
    const revision = revisions.get(stream) ?? 0n;
    revisions.set(stream, revision + 1n);
    const n = at + 1;
    const metadata = {
      actor,
      commandId: `c-${n}`,
      fingerprint: '',
      correlationId: '',
      causationId: '',
      schemaVersion: 1,
    };
    return { id: eventId(n), stream, revision, position: positionOf(n), event, metadata };
  });
};

const streamOf = ({ type, data }: KnownEvent): string =>
  `${type.replace(/[A-Z][a-z]+$/, '')}-${'partnerId' in data ? data.partnerId : ''}-${'customerId' in data ? data.customerId : ''}`;
