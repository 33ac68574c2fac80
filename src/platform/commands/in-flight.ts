/** Lets what concerns one key pass one after the other: a conflict with oneself is only work. */
export class InFlight {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` once the earlier work under this key has ended, however it ended. */
  async after<T>(key: string, work: () => Promise<T>): Promise<T> {
    const earlier = this.last.get(key);
    const mine = earlier ? earlier.then(work, work) : work();
    const settled = mine.catch(() => undefined);
    this.last.set(key, settled);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === settled) this.last.delete(key);
    }
  }
}
