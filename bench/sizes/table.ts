import type { SizeFigures } from './measure.js';

type Row = readonly [what: string, value: (of: SizeFigures) => number | null, bound: string];

const ROWS: readonly Row[] = [
  ['events in the log', ({ events }) => events, ''],
  ["seconds to build all read models, from the service's start", ({ rebuildSeconds }) => rebuildSeconds, ''],
  ['the first million of them in', ({ millionSeconds }) => millionSeconds, 'at most 60'],
  ['events/s of the same subscription, nothing done', ({ drainedPerSecond }) => drainedPerSecond, ''],
  ['events/s into all read models', ({ caughtUpPerSecond }) => caughtUpPerSecond, ''],
  ['catch-up / drain', ({ caughtUpPerSecond, drainedPerSecond }) => caughtUpPerSecond / drainedPerSecond, '≥ 0.6'],
  ['list page p99 ms', ({ pageP99Ms }) => pageP99Ms, ''],
  ["the same, 1 000 customers'", ({ shortPageP99Ms }) => shortPageP99Ms, ''],
  ['the one / the other', ({ pageP99Ms, shortPageP99Ms }) => pageP99Ms / shortPageP99Ms, '≤ 1.2'],
  ['bytes in Redis for a customer', ({ bytesPerCustomer }) => bytesPerCustomer, '≤ 500'],
  ['bytes in Redis for an audit entry', ({ bytesPerEntry }) => bytesPerEntry, '≤ 250'],
];

const shown = (value: number | null): string =>
  value === null ? '–' : value >= 1_000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/** The figures of each size beside each other. */
export const tableOfSizes = (sizes: readonly SizeFigures[]): string => {
  const line = (what: string, values: readonly string[], bound: string) =>
    `${what.padEnd(60)} ${values.map((value) => value.padStart(10)).join(' ')}   ${bound}`.trimEnd();
  const head = line(
    'customers of one partner',
    sizes.map(({ customers }) => String(customers)),
    '',
  );
  const rows = ROWS.map(([what, value, bound]) =>
    line(
      what,
      sizes.map((size) => shown(value(size))),
      bound,
    ),
  );
  return [head, ...rows].join('\n');
};
