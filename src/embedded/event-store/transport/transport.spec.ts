import fc from 'fast-check';
import { MessageAssembler } from './message-assembler.js';
import { messageValue, RpcError, trailerValue } from './status.js';
import { parseTimeout } from './timeout.js';

function framed(message: Uint8Array, flag = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flag;
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function assemble(chunks: readonly Buffer[], limit = 1000): Buffer[] {
  const messages: Buffer[] = [];
  const assembler = new MessageAssembler(limit);
  for (const chunk of chunks) assembler.push(chunk, (message) => messages.push(message));
  return messages;
}

describe('the message assembler', () => {
  it('finds the same messages however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 30 })),
        fc.array(fc.integer({ min: 1, max: 20 })),
        (messages, cuts) => {
          let rest = Buffer.concat(messages.map((message) => framed(message)));
          const chunks: Buffer[] = [];
          for (const cut of cuts) {
            chunks.push(rest.subarray(0, cut));
            rest = rest.subarray(cut);
          }
          expect(assemble([...chunks, rest])).toEqual(messages.map((message) => Buffer.from(message)));
        },
      ),
    );
  });
  it('knows that a message has begun', () => {
    const assembler = new MessageAssembler(10);
    assembler.push(Buffer.from([0, 0, 0]), () => {});
    expect(assembler.partial).toBe(true);
  });
  it('refuses a compressed message', () => {
    expect(() => assemble([framed(Buffer.from('x'), 1)])).toThrow('Compressed messages are not accepted');
  });
  it('refuses a message longer than the limit before it has come', () => {
    expect(() => assemble([Buffer.from([0, 0xff, 0xff, 0xff, 0xff])])).toThrow(RpcError);
  });
});

describe('a grpc-timeout', () => {
  it('is read in every unit', () => {
    expect(['1H', '2M', '3S', '4m', '5u', '6n'].map(parseTimeout)).toEqual([3_600_000, 120_000, 3000, 4, 1, 1]);
  });
  it('may be absent', () => expect(parseTimeout(undefined)).toBeUndefined());
  it.each(['', '1', 'S', '-1S', '123456789S', '1.5S'])('is refused as %j', (header) => {
    expect(() => parseTimeout(header)).toThrow(RangeError);
  });
});

describe('a header value', () => {
  it('keeps ASCII and encodes the rest', () => {
    expect(messageValue('a stream')).toBe('a stream');
    expect(messageValue('100% é\n')).toBe('100%25 %C3%A9%0A');
  });
  it('keeps percent signs where clients do not decode them', () =>
    expect(trailerValue('100% é\n')).toBe('100% %C3%A9%0A'));
  it('encodes spaces at its ends, with which it would be dropped', () => {
    expect([' a b ', ' '].map(trailerValue)).toEqual(['%20a b%20', '%20']);
    expect(messageValue(' a ')).toBe('%20a%20');
  });
  it('is cut off where clients would take no more', () => {
    expect(trailerValue('a'.repeat(30_000))).toBe('a'.repeat(24_000));
    expect(trailerValue(`aa${'é'.repeat(30_000)}`)).toMatch(/^aa(%[0-9A-F]{2}){7999}$/);
  });
});
