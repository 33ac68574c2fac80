import { encodeFrame } from '../../codec/field-writer.js';
import type { EventParts } from './read-response.js';

/** The answer to Create, Update and Delete. */
export const DONE = encodeFrame(() => {});

/** The first message to a consumer. */
export function subscriptionConfirmation(subscriptionId: string): Buffer {
  return encodeFrame((response) => response.message(2, (w) => w.string(1, subscriptionId)));
}

/** @param retries how often the event was sent before */
export function consumedEvent({ event, link }: EventParts, position: number, retries: number): Buffer {
  return encodeFrame((response) =>
    response.message(1, (w) => {
      if (event) w.bytes(1, event);
      if (link) w.bytes(2, link);
      w.uint(3, position);
      w.uint(5, retries);
    }),
  );
}
