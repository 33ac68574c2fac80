import { encodeFrame } from '../../codec/field-writer.js';
import { writePosition } from './append-response.js';

export const CAUGHT_UP = encodeFrame((response) => response.message(8, () => {}));

/** The first message of a subscription. */
export function confirmation(subscriptionId: string): Buffer {
  return encodeFrame((response) => response.message(2, (w) => w.string(1, subscriptionId)));
}

/** Tells a filtered subscription how far the node has looked. */
export function checkpoint(position: number): Buffer {
  return encodeFrame((response) => response.message(3, (w) => writePosition(w, position)));
}

export function streamNotFound(stream: string): Buffer {
  return encodeFrame((response) =>
    response.message(4, (w) => w.message(1, (identifier) => identifier.string(3, stream))),
  );
}

/** An event, a link, or a link with what it points to, as encoded `RecordedEvent`s. */
export interface EventParts {
  readonly event?: Buffer;
  readonly link?: Buffer;
}

export function readEvent({ event, link }: EventParts, position: number): Buffer {
  return encodeFrame((response) =>
    response.message(1, (w) => {
      if (event) w.bytes(1, event);
      if (link) w.bytes(2, link);
      w.uint(3, position);
    }),
  );
}
