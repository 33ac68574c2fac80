import { BARS, GROWTH_RATIO } from './bars.js';
import type { Measurement } from './measure.js';

/** A measurement and the processor time that the server took for each unit, in microseconds. */
export interface Figure extends Measurement {
  readonly cpu: number;
}

/** The best figure of each server for one measure; `noOp` where it can answer, `given` where a URL was given. */
export interface Row {
  readonly measure: string;
  readonly noOp?: Figure;
  readonly small?: Figure;
  readonly great?: Figure;
  readonly given?: Figure;
}

const ratio = (one?: Figure, other?: Figure) => (one && other ? one.perSecond / other.perSecond : undefined);

const atLeast = (value: number | undefined, least: number | undefined) => (value ?? Infinity) >= (least ?? 0);

/** What of its bar a measure misses, in words; none when it is met. */
export function missed({ measure, noOp, small, great }: Row): string[] {
  const bar = BARS[measure] ?? {};
  const most = bar.p99 ?? Infinity;
  const parts: [boolean, string][] = [
    [atLeast(ratio(small, noOp), bar.ofNoOp), `${bar.ofNoOp} of no-op`],
    [atLeast(small?.perSecond, bar.realNode), `${bar.realNode}/s`],
    [[small, great].every((figure) => !figure || figure.p99 <= most), `p99 ${most} ms`],
    [atLeast(ratio(great, small), GROWTH_RATIO), `growth ${GROWTH_RATIO}`],
  ];
  return parts.filter(([met]) => !met).map(([, text]) => text);
}

const shown = (figure?: Figure) =>
  figure ? `${figure.perSecond} (p50 ${figure.p50.toFixed(2)}, p99 ${figure.p99.toFixed(1)})` : '';
const two = (value?: number) => value?.toFixed(2) ?? '';

/** The rows as a table of Markdown. */
export function table(rows: readonly Row[], small: string, great: string): string {
  const heads = [
    'measure',
    'no-op/s',
    `node at ${small}`,
    '÷ no-op',
    `node at ${great}`,
    '÷ small',
    'node µs each',
    'bar',
  ];
  const lines = rows.map((row) => [
    row.measure,
    `${row.noOp?.perSecond ?? ''}`,
    shown(row.small),
    two(ratio(row.small, row.noOp)),
    shown(row.great),
    two(ratio(row.great, row.small)),
    row.small?.cpu.toFixed(1) ?? '',
    missed(row).length === 0 ? 'met' : `MISSED: ${missed(row).join(', ')}`,
  ]);
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
