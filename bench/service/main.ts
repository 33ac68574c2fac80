import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { hangUp } from './caller.js';
import type { Figures } from './figures.js';
import { jsonOf, tableOf } from './figures.js';
import { measureCommands, measureVisibility, warmUp } from './measure-commands.js';
import { measureListLengths, measurePages } from './measure-pages.js';
import { measureCatchUp, measureMemory } from './measure-read-models.js';
import { planOf } from './plan.js';
import { prepare } from './prepare.js';
import { say } from './progress.js';
import { Stage } from './stage.js';
import { measureSizes } from '../sizes/sizes.js';
import { tableOfSizes } from '../sizes/table.js';

/** Measures the built service, each figure beside its bound, in one run on one machine. */
const flag = { type: 'boolean' } as const;
const { values } = parseArgs({ options: { quick: flag, full: flag, json: flag } });
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
say(`${machine}; load ${loadavg()[0]?.toFixed(2)} before the start`);
const stage = await Stage.open();
const close = async () => {
  hangUp();
  await stage.close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().finally(() => process.exit(1)));
const figures: Figures = {};
try {
  const run = await prepare(stage, planOf(values), figures);
  await measureMemory(run);
  await warmUp(run);
  await measureCommands(run);
  await measurePages(run);
  await measureListLengths(run);
  await measureVisibility(run);
  await measureCatchUp(run);
} finally {
  await close();
}
say(`load ${loadavg()[0]?.toFixed(2)} at the end`);
const sizes = values.full ? await measureSizes() : [];
console.log(
  values.json
    ? JSON.stringify({ ...jsonOf(figures), ...(values.full && { sizes }) })
    : [tableOf(figures), ...(values.full ? ['', tableOfSizes(sizes)] : [])].join('\n'),
);
process.exit(0);
