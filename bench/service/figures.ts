/** What is measured, in the order of the report: what it is, and what it is held against. */
const FIGURES = {
  invitationsPerSecond: ['invitations/s, 32 connections', 'at least', 1_070],
  acceptancesPerSecond: ['acceptances/s, 32 connections', 'at least', 599],
  listPagesPerSecond: ['list pages/s (50 customers), 32 connections', 'at least', 2_340],
  auditPagesPerSecond: ['audit pages/s (50 entries), 32 connections', 'at least', 2_310],
  rawAppendsPerSecond: ["the database client's own appends/s, 32 in flight", null, null],
  editsPerSecond: ['draft edits/s: commands that make one append', null, null],
  commandsPerAppend: ['commands that make one append (draft edits) / own appends', 'at least', 0.5],
  invitationsPerAppend: ['invitations (two appends each) / own appends', null, null],
  invitationAppendsPerAppend: ['appends made by invitations / own appends', null, null],
  barePagesPerSecond: ['list pages/s of a bare Fastify, same Redis calls and bytes', null, null],
  listPagesPerBare: ['list pages / bare list pages', 'at least', 0.7],
  drainedPerSecond: ['events/s of the same subscription, nothing done', null, null],
  caughtUpPerSecond: ['events/s into all read models', null, null],
  catchUpPerDrain: ['catch-up / drain', 'at least', 0.6],
  visibleP50Ms: ['acknowledged to visible at half load, p50 ms', null, null],
  visibleP99Ms: ['acknowledged to visible at half load, p99 ms', 'at most', 50],
  pageP99Ms: ['list page p99 ms, 1 000 customers', null, null],
  pageP99Ratio: ["list page p99, the longest list / 1 000 customers'", 'at most', 1.2],
  redisBytesPerCustomer: ['bytes in Redis for a customer: the record, the list, both sorts', 'at most', 500],
  redisBytesPerPrivileges: ['bytes in Redis besides, for the privileges of a pair', null, null],
  redisBytesPerAuditEntry: ['bytes in Redis for an entry of the audit trail', 'at most', 250],
  rebuiltEvents: ['events that all read models were built from', null, null],
  rebuildSeconds: ["seconds that took, from the service's start", null, null],
  rebuildSecondsPerMillion: ['the same for a million events', 'at most', 60],
} as const satisfies Record<string, readonly [string, 'at least' | 'at most' | null, number | null]>;

export type FigureName = keyof typeof FIGURES;
export type Figures = Partial<Record<FigureName, number>>;

const inFew = (value: number): string =>
  value >= 1_000 ? Math.round(value).toLocaleString('en').replaceAll(',', ' ') : String(Number(value.toPrecision(3)));

const isMet = (value: number, sense: 'at least' | 'at most', bound: number): boolean =>
  sense === 'at least' ? value >= bound : value <= bound;

const rowOf = (name: FigureName, value: number): string => {
  const [what, sense, bound] = FIGURES[name];
  const held = sense === null ? '' : `${sense} ${inFew(bound)}`;
  const verdict = sense === null ? '' : isMet(value, sense, bound) ? 'met' : 'MISSED';
  return `${what.padEnd(62)} ${inFew(value).padStart(10)}   ${held.padEnd(16)} ${verdict}`.trimEnd();
};

/** The figures as a table for people, each beside its bound. */
export const tableOf = (figures: Figures): string =>
  (Object.keys(FIGURES) as FigureName[])
    .flatMap((name) => (figures[name] === undefined ? [] : [rowOf(name, figures[name])]))
    .join('\n');

/** The figures for programs: rounded to what they can tell. */
export const jsonOf = (figures: Figures): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))]));
