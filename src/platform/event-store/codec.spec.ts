import type { EventMetadata } from '../../kernel/event.js';
import { toWire } from './codec.js';

const metadata: EventMetadata = {
  actor: { kind: 'partner', role: 'admin-agent', partnerId: 'contoso', subject: 'alice' },
  ...{ commandId: 'c', fingerprint: 'k:f', correlationId: 'é', causationId: 'c', schemaVersion: 1 },
};
const event = (data: object) => ({
  id: '0d9b3a3e-5f4c-4d0e-9a59-2f3f0a1b2c3d',
  event: { type: 'Happened', data },
  metadata,
});

describe('the wire form of an event', () => {
  it('holds its metadata as the bytes of its JSON', () => {
    const wire = toWire(event({ at: 'now' }));
    expect(wire).toMatchObject({ type: 'Happened', contentType: 'application/json', data: { at: 'now' } });
    expect(wire.metadata?.constructor).toBe(Uint8Array);
    expect(JSON.parse(Buffer.from(wire.metadata as Uint8Array).toString())).toEqual(metadata);
  });

  it('is refused at once for what JSON cannot express, which the client would never answer', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(() => toWire(event({ position: 1n }))).toThrow(TypeError);
    expect(() => toWire(event(circular))).toThrow(TypeError);
  });
});
