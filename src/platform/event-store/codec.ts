import { jsonEvent } from '@eventstore/db-client';
import type { EventData, RecordedEvent } from '@eventstore/db-client';
import type { DomainEvent, EventMetadata, Recorded } from '../../kernel/event.js';
import type { EventSchemas } from '../../kernel/upcasting.js';
import { UnknownSchemaVersion } from '../../kernel/upcasting.js';

/** An event about to be appended; its id is derived from the command's, so that a repetition is recognised. */
export interface NewEvent<E extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly event: E;
  readonly metadata: EventMetadata;
}

/** A text's bytes, from the memory that Node shares out among small ones. */
const bytesOf = (text: string): Uint8Array => {
  const { buffer, byteOffset, byteLength } = Buffer.from(text);
  return new Uint8Array(buffer, byteOffset, byteLength);
};

/**
 * The wire form of an event. What JSON cannot express is noticed here, because the client never settles a promise for
 * it. The client serialises data itself; metadata may come to it as bytes, which saves it the detour over base64.
 * @throws TypeError for BigInt or circular data
 */
export const toWire = ({ id, event: { type, data }, metadata }: NewEvent): EventData => {
  JSON.stringify(data);
  return jsonEvent({ id, type, data: data as never, metadata: bytesOf(JSON.stringify(metadata)) as never });
};

/** What an event says of itself, if it is one of this service: system events and foreign metadata are not. */
const ownMetadata = (recorded: RecordedEvent | undefined): EventMetadata | null => {
  if (!recorded?.isJson || recorded.type.startsWith('$')) return null;
  const metadata = recorded.metadata as EventMetadata | undefined;
  return metadata?.commandId === undefined ? null : metadata;
};

const asRecorded = <E extends DomainEvent>(recorded: RecordedEvent, data: object, metadata: EventMetadata) => ({
  id: recorded.id,
  stream: recorded.streamId,
  revision: recorded.revision,
  position: recorded.position?.commit ?? 0n,
  event: { type: recorded.type, data } as unknown as E,
  metadata,
});

/**
 * An event of this service in its present shape, or null for one of another kind.
 * @throws UnknownSchemaVersion, and whatever an upcast throws on data that is not of the version it says
 */
export const fromWire = <E extends DomainEvent>(
  recorded: RecordedEvent | undefined,
  schemas: EventSchemas,
): Recorded<E> | null => {
  const metadata = ownMetadata(recorded);
  if (!recorded || metadata === null) return null;
  const { type } = recorded;
  const data = schemas.upcast(type, metadata.schemaVersion, recorded.data as object);
  const present = data === recorded.data ? metadata : { ...metadata, schemaVersion: schemas.versionOf(type) };
  return asRecorded(recorded, data, present);
};

/** The same; an event whose data no upcast can read is given with its fault. @throws UnknownSchemaVersion */
export const fromWireOrFault = <E extends DomainEvent>(
  recorded: RecordedEvent | undefined,
  schemas: EventSchemas,
): Recorded<E> | null => {
  try {
    return fromWire<E>(recorded, schemas);
  } catch (error) {
    const metadata = ownMetadata(recorded);
    if (error instanceof UnknownSchemaVersion || !recorded || metadata === null) throw error;
    const fault = error instanceof Error ? error.message : String(error);
    return { ...asRecorded<E>(recorded, recorded.data as object, metadata), fault };
  }
};
