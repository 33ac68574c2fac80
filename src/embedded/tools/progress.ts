import { clearLine, cursorTo } from 'node:readline';

const BAR_WIDTH = 30;
const REDRAW_MS = 200;
const PLAIN_LINE_MS = 5_000;
const NARROW = 80;

const number = new Intl.NumberFormat('en');

/** A terminal, or anything else that text goes to. */
type Out = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** How far a piece of work is, told on a terminal by a bar that moves, elsewhere by a line now and then. */
export class Progress {
  private readonly began = Date.now();
  private told = this.began;
  private events = 0;

  /**
   * @param what the work, as a participle
   * @param out where to tell
   */
  constructor(
    private readonly what: string,
    private readonly out: Out = process.stderr,
  ) {}

  /**
   * Takes note of more events.
   * @param done how much of the work that makes, from 0 to 1
   * @param remark what else to tell
   */
  advance(events: number, done: number, remark = ''): void {
    this.events += events;
    const now = Date.now();
    if (now - this.told < (this.out.isTTY ? REDRAW_MS : PLAIN_LINE_MS)) return;
    this.told = now;
    const line = this.line(done, now - this.began, remark);
    this.show(this.out.isTTY ? line.slice(0, (this.out.columns ?? NARROW) - 1) : `${line}\n`);
  }

  /** Tells the end result. */
  finish(): void {
    const seconds = (Date.now() - this.began) / 1_000;
    this.show(`${this.what}: ${number.format(this.events)} events in ${seconds.toFixed(1)} s\n`);
  }

  private line(done: number, elapsedMs: number, remark: string): string {
    const rate = Math.round((this.events * 1_000) / elapsedMs);
    const left = Math.ceil((elapsedMs * (1 - done)) / Math.max(done, 1e-6) / 1_000);
    const percent = `${Math.floor(done * 100)} %`;
    const figures = `${percent}, ${number.format(this.events)} events, ${number.format(rate)}/s, ${inWords(left)} left`;
    return `${this.what}: ${this.out.isTTY ? `${bar(done)} ` : ''}${figures}${remark && `; ${remark}`}`;
  }

  private show(text: string): void {
    if (this.out.isTTY) {
      cursorTo(this.out, 0);
      clearLine(this.out, 0);
    }
    this.out.write(text);
  }
}

const bar = (done: number): string => {
  const filled = Math.round(Math.min(done, 1) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
};

const inWords = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7_200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3_600)} h`;
