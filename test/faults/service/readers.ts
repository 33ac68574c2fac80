import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../support/wait.js';
import { Journal } from './journal.js';
import type { Shown } from './read-models.js';
import { LISTS } from './read-models.js';
import type { World } from './world.js';

/** How many items a reader asks for. */
export const PAGE = 200;
const PAUSE_MS = 20;

/** Reads the first page of every list, over and over, until told to stop, and keeps what it was shown. */
export class Readers {
  readonly journal = new Journal();
  readonly shown: Shown[] = [];
  private stopping = false;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly world: World) {}

  start(): void {
    this.reading = Promise.all([...LISTS.keys()].map((path) => this.read(path)));
    this.reading.catch(() => undefined);
  }

  /** Until every list has been shown again by a reading that begins from now on. */
  async progress(): Promise<void> {
    const before = this.shown.length;
    const since = Date.now();
    const again = () =>
      new Set(
        this.shown
          .slice(before)
          .filter(({ askedAt }) => askedAt > since)
          .map(({ path }) => path),
      );
    await waitFor(() => again().size === LISTS.size, { ms: 15_000, what: 'every list is shown again' });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.reading;
  }

  private async read(path: string): Promise<void> {
    while (!this.stopping) {
      const api = await this.world.whenUp().then(() => this.world.auditor());
      const askedAt = Date.now();
      const answer = await this.journal.note(path, () => api.get(`${path}?limit=${PAGE}`));
      if (answer?.status === 200)
        this.shown.push({ path, askedAt, position: BigInt(answer.body.position), items: answer.body.items });
      await sleep(PAUSE_MS);
    }
  }
}
