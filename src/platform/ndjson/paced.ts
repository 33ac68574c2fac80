import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many items are given in one turn of the event loop. */
const PER_TURN = 8;

/** The same items, a few to each turn: what one of them sends leaves while the next are taken (ADR 013). */
export async function* paced<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void> {
  let given = 0;
  for await (const item of items) {
    yield item;
    given += 1;
    if (given % PER_TURN === 0) await nextTurn();
  }
}
