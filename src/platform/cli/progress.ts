const WIDTH = 30;
const LINE_EVERY_MS = 5_000;

/** What is counted, and how many of it there are in all. */
export interface Whole {
  readonly total: number;
  readonly unit: string;
}

const PERCENT: Whole = { total: 100, unit: '%' };

const inWords = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** How far something is, its pace and the time left, in one line. `done` and `before` are shares from 0 to 1. */
export const progressLine = (
  done: number,
  before: number,
  elapsedMs: number,
  { total, unit }: Whole = PERCENT,
): string => {
  const full = Math.round(Math.min(1, done) * WIDTH);
  const pace = elapsedMs > 0 ? (done - before) / (elapsedMs / 1_000) : 0;
  const left = pace > 0 ? `${inWords((1 - done) / pace)} left` : 'time left unknown';
  const share = `${(done * 100).toFixed(1)} %`.padStart(7);
  const rate = (pace * total).toFixed(total > PERCENT.total ? 0 : 1);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${share}  ${rate} ${unit}/s  ${left}`;
};

/** Shows progress: a bar that moves on a terminal, elsewhere a line now and then. */
export class Progress {
  private readonly started = Date.now();
  private first: number | null = null;
  private shown = 0;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly whole: Whole = PERCENT,
  ) {}

  show(done: number): void {
    this.first ??= done;
    const line = progressLine(done, this.first, Date.now() - this.started, this.whole);
    if (this.out.isTTY) this.out.write(`\r${line}   `);
    else if (Date.now() - this.shown >= LINE_EVERY_MS) {
      this.out.write(`${line}\n`);
      this.shown = Date.now();
    }
  }

  end(): void {
    if (this.out.isTTY) this.out.write('\n');
  }
}
