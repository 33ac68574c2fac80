import { pause } from '../event-store/within.js';

/** How long the first piece waits for others, in milliseconds. */
const GATHER_MS = 10;
const MOST_CHARACTERS = 16 * 1024;

/**
 * The same text in fewer pieces: what comes within ten milliseconds leaves together, for each piece that is written costs
 * a call of the system. What was gathered before a fault is given before it is thrown.
 */
export async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  const source = pieces[Symbol.asyncIterator]();
  const ask = () => {
    const asked = source.next();
    asked.catch(() => undefined);
    return asked;
  };
  try {
    let asked = ask();
    for (let first = await asked; !first.done; first = await asked) {
      let text = first.value;
      const late = pause(GATHER_MS);
      for (asked = ask(); text.length < MOST_CHARACTERS; asked = ask()) {
        const more = await Promise.race([asked.catch(() => undefined), late]);
        if (!more || more.done) break;
        text += more.value;
      }
      yield text;
    }
  } finally {
    await source.return?.(undefined);
  }
}
