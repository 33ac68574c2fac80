import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { hangUp } from '../service/caller.js';
import { say } from '../service/progress.js';
import { measureSizes } from './sizes.js';
import { tableOfSizes } from './table.js';

/** What the number of a partner's customers does to every figure. `--customers` for other numbers than the usual ones. */
const options = { customers: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;
const { values } = parseArgs({ options });
say(`load ${loadavg()[0]?.toFixed(2)} before the start`);
const sizes = await measureSizes(values.customers?.map(Number));
hangUp();
say(`load ${loadavg()[0]?.toFixed(2)} at the end`);
console.log(values.json ? JSON.stringify(sizes) : tableOfSizes(sizes));
process.exit(0);
