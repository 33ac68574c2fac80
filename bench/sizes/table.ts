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
  ["the database client's own appends/s, 32 in flight", ({ rawAppendsPerSecond }) => rawAppendsPerSecond, ''],
  ['draft edits/s', ({ editsPerSecond }) => editsPerSecond, ''],
  [
    'draft edits / own appends',
    ({ editsPerSecond, rawAppendsPerSecond }) => editsPerSecond / rawAppendsPerSecond,
    '≥ 0.5',
  ],
  ['invitations/s', ({ invitationsPerSecond }) => invitationsPerSecond, '≥ 1 070'],
  ['list pages/s of a bare Fastify', ({ barePagesPerSecond }) => barePagesPerSecond, ''],
  ['list pages/s', ({ listPagesPerSecond }) => listPagesPerSecond, '≥ 2 340'],
  [
    'list pages / bare',
    ({ listPagesPerSecond, barePagesPerSecond }) => listPagesPerSecond / barePagesPerSecond,
    '≥ 0.7',
  ],
  ['audit pages/s', ({ auditPagesPerSecond }) => auditPagesPerSecond, '≥ 2 310'],
  ['acknowledged to visible at half load, p50 ms', ({ visibleP50Ms }) => visibleP50Ms, ''],
  ['the same, p99 ms', ({ visibleP99Ms }) => visibleP99Ms, '≤ 50'],
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
