import { randomUUID } from 'node:crypto';
import { EventLog } from '../../src/embedded/event-store/log/event-log.js';
import type { ProposedEvent } from '../../src/embedded/event-store/log/model.js';

const GROUP = 500;
const STREAM_EVENTS = 5;
export const GROWING_STREAM = 'growing';
/** Every so many events one goes to a stream that never ends. */
const GROWING_EVERY = 10;

const padding = 'x'.repeat(120);

function event(): ProposedEvent {
  const data = `{"customer":"${randomUUID()}","partner":"p-123456","at":"2026-01-01T00:00:00.000Z","text":"${padding}"}`;
  return {
    id: randomUUID(),
    type: 'CustomerInvited',
    json: true,
    customMetadata: Buffer.from(`{"correlation":"${randomUUID()}"}`),
    data: Buffer.from(data),
  };
}

/**
 * Fills a log of its own as a service would, but without a network between: each event an append of its own, to streams of
 * five and now and then to one that is long.
 * @param progress told how many events are written
 */
export async function fillLog(folder: string, total: number, progress: (written: number) => void): Promise<void> {
  const log = new EventLog(folder, (cause) => {
    throw cause;
  });
  const open = Array.from({ length: GROUP }, () => ({ name: `filling-${randomUUID()}`, events: 0 }));
  for (let written = 0; written < total; written += GROUP) {
    for (let i = 0; i < GROUP; i++) {
      const grows = i % GROWING_EVERY === 0;
      const slot = open[i] as { name: string; events: number };
      if (!grows && slot.events++ === STREAM_EVENTS)
        Object.assign(slot, { name: `filling-${randomUUID()}`, events: 1 });
      const stream = grows ? GROWING_STREAM : slot.name;
      log.append({ stream, events: [event()], expected: 'any', deadline: Infinity, settle: () => {} });
    }
    log.drain();
    progress(written + GROUP);
    await new Promise(setImmediate);
  }
  log.close();
}
