import { within } from '../event-store/within.js';

/** Lets what concerns one key pass one after the other: a conflict with oneself is only work. */
export class InFlight {
  private readonly last = new Map<string, Promise<void>>();

  /**
   * Runs `work`, which throws by its promise only, once the earlier work under this key has ended, however it ended; after
   * `patience` milliseconds, if given, whether it has or not.
   */
  after<T>(key: string, work: () => Promise<T>, patience?: number): Promise<T> {
    const earlier = this.last.get(key);
    const waited = earlier && patience ? within(patience, earlier).catch(() => undefined) : earlier;
    const mine = waited ? waited.then(work) : work();
    const end = () => {
      if (this.last.get(key) === ended) this.last.delete(key);
    };
    const ended = mine.then(end, end);
    this.last.set(key, ended);
    return mine;
  }
}
