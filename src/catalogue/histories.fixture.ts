import type { RecordedEvent } from '@eventstore/db-client';
import { readFileSync, readdirSync } from 'node:fs';
import type { DomainEvent, EventMetadata, Recorded } from '../kernel/event.js';
import { fromWire } from '../platform/event-store/codec.js';
import { EVENT_SCHEMAS } from './catalogue.js';
import { ROOT } from './committed.fixture.js';

const FOLDER = `${ROOT}test/fixtures/histories`;

/** One event as it was recorded; 64-bit numbers are decimals. */
export interface Record {
  readonly id: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: EventMetadata;
}

/** One stream as it was recorded, and the state that it comes to. Such a file is added, and never changed. */
export interface History {
  readonly name: string;
  readonly stream: string;
  readonly events: readonly Record[];
  readonly state: object;
}

/** A state as a file can hold it. */
export const asJson = (state: unknown): object =>
  JSON.parse(
    JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value)),
  ) as object;

/** Every recorded history. */
export const histories = (): History[] =>
  readdirSync(FOLDER)
    .sort()
    .map((name) => ({ name, ...(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as Omit<History, 'name'>) }));

/** The events as the service reads them from its log. @throws UnknownSchemaVersion */
export const asRead = <E extends DomainEvent>({ stream, events }: Pick<History, 'stream' | 'events'>): Recorded<E>[] =>
  events.map((event) => {
    const commit = BigInt(event.position);
    const wire = { ...event, streamId: stream, isJson: true, revision: BigInt(event.revision), position: { commit } };
    return fromWire<E>(wire as unknown as RecordedEvent, EVENT_SCHEMAS) as Recorded<E>;
  });
