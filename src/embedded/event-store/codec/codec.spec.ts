import fc from 'fast-check';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { encodeEventFrame } from './encode-event.js';
import {
  decodeEventFrame,
  eventIdOf,
  recordedEventOf,
  streamNameOf,
  typeNameOf,
  withStructuredId,
} from './event-frame.js';
import { FieldReader } from './field-reader.js';
import { encodeFrame } from './field-writer.js';
import { MalformedMessage } from './malformed.js';
import { readUuid } from './uuid.js';

const { ReadResp } = streamsPb;
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const bytes = fc.uint8Array({ maxLength: 400 });
const event = fc.record({
  id: fc.uuid(),
  stream: text,
  revision: fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constant(2n ** 63n - 1n)),
  position: fc.maxSafeNat(),
  type: text,
  json: fc.boolean(),
  created: fc.integer({ min: 0, max: 4e12 }),
  customMetadata: bytes,
  data: bytes,
});

/** The message of a frame, after its prefix. */
const messageOf = (frame: Buffer) => frame.subarray(5);

describe('an event frame', () => {
  it('is what the generated code reads', () => {
    fc.assert(
      fc.property(event, (given) => {
        const read = ReadResp.deserializeBinary(messageOf(encodeEventFrame(given))).getEvent()!;
        const recorded = read.getEvent()!;
        expect(recorded.getId()!.getString()).toBe(given.id);
        expect(Buffer.from(recorded.getStreamIdentifier()!.getStreamName_asU8()).toString()).toBe(given.stream);
        expect(recorded.getStreamRevision()).toBe(`${given.revision}`);
        expect(recorded.getCommitPosition()).toBe(`${given.position}`);
        expect(recorded.getPreparePosition()).toBe(`${given.position}`);
        expect(read.getCommitPosition()).toBe(`${given.position}`);
        expect(recorded.getMetadataMap().get('type')).toBe(given.type);
        expect(recorded.getMetadataMap().get('created')).toBe(`${given.created * 10_000}`);
        expect(Buffer.from(recorded.getData_asU8())).toEqual(Buffer.from(given.data));
        expect(Buffer.from(recorded.getCustomMetadata_asU8())).toEqual(Buffer.from(given.customMetadata));
      }),
    );
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(event, (given) => {
        const frame = encodeEventFrame(given);
        const { id, type, json, created, data } = decodeEventFrame(frame);
        expect({ id, type, json, created }).toEqual({
          id: given.id,
          type: given.type,
          json: given.json,
          created: given.created,
        });
        expect(data).toEqual(Buffer.from(given.data));
        expect([eventIdOf, streamNameOf, typeNameOf].map((read) => read(frame))).toEqual([
          given.id,
          given.stream,
          given.type,
        ]);
      }),
    );
  });

  it('says its own length in its prefix', () => {
    fc.assert(
      fc.property(event, (given) => {
        const frame = encodeEventFrame(given);
        expect([frame[0], frame.readUInt32BE(1)]).toEqual([0, frame.length - 5]);
      }),
    );
  });

  it('carries the revision of a tombstone exactly', () => {
    const given = { ...fc.sample(event, 1)[0], revision: 2n ** 63n - 1n } as Parameters<typeof encodeEventFrame>[0];
    const read = ReadResp.deserializeBinary(messageOf(encodeEventFrame(given)));
    expect(read.getEvent()?.getEvent()?.getStreamRevision()).toBe('9223372036854775807');
  });

  it('keeps the same id as two halves', () => {
    fc.assert(
      fc.property(event, (given) => {
        const structured = withStructuredId(recordedEventOf(encodeEventFrame(given)));
        const recorded = ReadResp.ReadEvent.RecordedEvent.deserializeBinary(structured);
        expect(readUuid(new FieldReader(Buffer.from(recorded.getId()?.serializeBinary() ?? [])))).toBe(given.id);
        expect(recorded.getStreamRevision()).toBe(`${given.revision}`);
      }),
    );
  });
});

describe('a UUID', () => {
  it('of two halves is the one the generated code writes', () => {
    const uuid = new sharedPb.UUID();
    const structured = new sharedPb.UUID.Structured();
    structured.setMostSignificantBits('-1');
    structured.setLeastSignificantBits('1');
    uuid.setStructured(structured);
    const read = readUuid(new FieldReader(Buffer.from(uuid.serializeBinary())));
    expect(read).toBe('ffffffff-ffff-ffff-0000-000000000001');
  });

  it('that is no UUID is refused', () => {
    const uuid = new sharedPb.UUID();
    uuid.setString('nonsense');
    expect(() => readUuid(new FieldReader(Buffer.from(uuid.serializeBinary())))).toThrow(MalformedMessage);
  });
});

describe('the field reader', () => {
  const walk = (reader: FieldReader): void => {
    while (reader.next()) reader.skip();
  };

  it('reads any unsigned 64-bit number the writer writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const reader = new FieldReader(messageOf(encodeFrame((writer) => writer.uint(3, value))));
        expect([reader.next(), reader.field, reader.uint64(), reader.next()]).toEqual([true, 3, value, false]);
      }),
    );
  });

  it('reads nested messages of every length the writer writes', () => {
    for (const length of [...Array(300).keys(), 16_380, 16_384, 20_000]) {
      const given = Buffer.alloc(length, 7);
      const frame = encodeFrame((writer) => writer.message(1, (nested) => nested.bytes(2, given)));
      const reader = new FieldReader(messageOf(frame));
      reader.next();
      const nested = reader.message();
      expect([nested.next(), nested.bytes().equals(given), nested.next(), reader.next()]).toEqual([
        true,
        true,
        false,
        false,
      ]);
    }
  });

  it('ends with MalformedMessage on bytes that are no message, or reads them; never anything else', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        try {
          walk(new FieldReader(Buffer.from(given)));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses every message that is cut short inside a field', () => {
    const whole = messageOf(encodeFrame((writer) => writer.string(1, 'a text')));
    for (let length = 1; length < whole.length; length++) {
      expect(() => walk(new FieldReader(whole.subarray(0, length)))).toThrow(MalformedMessage);
    }
  });

  it('refuses a varint of more than ten bytes', () => {
    expect(() => walk(new FieldReader(Buffer.from([8, ...Array<number>(11).fill(0xff)])))).toThrow(MalformedMessage);
  });

  it('refuses a text that is not UTF-8', () => {
    const reader = new FieldReader(Buffer.from([10, 1, 0xff]));
    reader.next();
    expect(() => reader.string()).toThrow(MalformedMessage);
  });
});
