import { GenerationalCache } from './generational-cache.js';

const CACHED_HALF = 50_000;

/** The ids of events written lately by this process: how a repeat is known when no exact revision is expected. */
export class RecentIds {
  private readonly cache = new GenerationalCache<string, { streamId: number; revision: number }>(CACHED_HALF);

  /** The first event under an id counts, whatever its stream, as on a real node. */
  add(id: string, streamId: number, revision: number): void {
    if (this.cache.get(id) === undefined) this.cache.set(id, { streamId, revision });
  }

  revisionOf(id: string, streamId: number): number | undefined {
    const found = this.cache.get(id);
    return found?.streamId === streamId ? found.revision : undefined;
  }

  /** Takes an id back whose event was not committed. */
  remove(id: string, streamId: number, revision: number): void {
    const found = this.cache.get(id);
    if (found?.streamId === streamId && found.revision === revision) this.cache.delete(id);
  }
}
