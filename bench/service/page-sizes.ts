import { call } from './caller.js';
import { quantile } from './pace.js';
import type { Pages } from './pages.js';
import { inTurn } from './pages.js';

/** So few at once that waiting for each other is no part of what is measured. */
const CALLERS = 2;

/** The p99 of a page's milliseconds for each of these lists, all in turn: what disturbs one disturbs all. */
export const pageP99s = async (url: string, lists: readonly Pages[], rounds: number): Promise<number[]> => {
  const sources = lists.map((pages) => ({ next: inTurn(pages), took: [] as number[] }));
  let left = rounds;
  const caller = async () => {
    while ((left -= 1) >= 0)
      for (const { next, took } of sources) {
        const began = performance.now();
        const { status, text } = await call(url, next());
        took.push(performance.now() - began);
        if (status !== 200) throw new Error(`A page was refused: ${status} ${text}`);
      }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return sources.map(({ took }) => quantile(took.slice(took.length / 5), 0.99));
};
