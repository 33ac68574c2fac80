import { say } from '../service/progress.js';
import type { SizeFigures } from './measure.js';
import { measureSize } from './measure.js';
import { tableOfSizes } from './table.js';

const SIZES = [10_000, 100_000, 1_000_000];

/** The same at each of these numbers of customers, one after the other; the table grows before the reader's eyes. */
export const measureSizes = async (sizes: readonly number[] = SIZES): Promise<SizeFigures[]> => {
  const found: SizeFigures[] = [];
  for (const customers of sizes) {
    found.push(await measureSize(customers));
    say(`so far:\n${tableOfSizes(found)}`);
  }
  return found;
};
