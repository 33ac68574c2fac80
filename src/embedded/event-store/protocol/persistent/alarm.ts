/** The longest that a timer of Node can wait, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** One timer, set again and again. */
export class Alarm {
  private timer: NodeJS.Timeout | undefined;
  private due = Infinity;

  constructor(private readonly ring: () => void) {}

  /** @param due milliseconds since the epoch; Infinity for never */
  set(due: number): void {
    if (due === this.due) return;
    this.stop();
    if (due === Infinity) return;
    this.due = due;
    const wait = Math.min(Math.max(1, due - Date.now()), LONGEST_MS);
    this.timer = setTimeout(() => {
      this.due = Infinity;
      this.ring();
    }, wait);
  }

  /** Sets it unless it is set already. */
  setOnce(due: number): void {
    if (this.due === Infinity) this.set(due);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.due = Infinity;
  }
}
