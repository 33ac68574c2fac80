const WIDTH = 30;
const LINE_EVERY_MS = 5_000;

const inWords = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** How far a build is, its pace and the time left, in one line. `done` and `before` are shares from 0 to 1. */
export const progressLine = (done: number, before: number, elapsedMs: number): string => {
  const full = Math.round(Math.min(1, done) * WIDTH);
  const pace = elapsedMs > 0 ? (done - before) / (elapsedMs / 1_000) : 0;
  const left = pace > 0 ? `${inWords((1 - done) / pace)} left` : 'time left unknown';
  const share = `${(done * 100).toFixed(1)} %`.padStart(7);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${share}  ${(pace * 100).toFixed(1)} %/s  ${left}`;
};

/** Shows progress: a bar that moves on a terminal, elsewhere a line now and then. */
export class Progress {
  private readonly started = Date.now();
  private first: number | null = null;
  private shown = 0;

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(done: number): void {
    this.first ??= done;
    const line = progressLine(done, this.first, Date.now() - this.started);
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
