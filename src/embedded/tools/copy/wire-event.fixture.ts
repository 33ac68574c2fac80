import type { WireEvent } from '../node/wire-event.js';

const EVENT: WireEvent = {
  stream: 's',
  revision: 0n,
  position: 1n,
  id: '6b9b2f7e-2f0a-4c39-9a51-0f5f5b8f6a11',
  type: 'Noted',
  contentType: 'application/json',
  created: '17000000000000000',
  metadata: new Uint8Array(),
  data: Buffer.from('{}'),
};

/** An event as a node sends it, of which only what matters has to be said. */
export const wireEvent = (given: Partial<WireEvent>): WireEvent => ({ ...EVENT, ...given });
