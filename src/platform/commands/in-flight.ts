/** Lets what concerns one key pass one after the other: a conflict with oneself is only work. */
export class InFlight {
  private readonly last = new Map<string, Promise<void>>();

  /** Runs `work`, which throws by its promise only, once the earlier work under this key has ended, however it ended. */
  after<T>(key: string, work: () => Promise<T>): Promise<T> {
    const earlier = this.last.get(key);
    const mine = earlier ? earlier.then(work) : work();
    const end = () => {
      if (this.last.get(key) === ended) this.last.delete(key);
    };
    const ended = mine.then(end, end);
    this.last.set(key, ended);
    return mine;
  }
}
