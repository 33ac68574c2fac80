import { isOutcomeUnknown } from '../../../platform/event-store/errors.js';
import { pause } from '../../../platform/event-store/within.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** Bears with a node that gives no clear answer for a while, as one does that is restarted or loses its leader. */
export class Patience {
  private failingSince: number | undefined;
  private pauseMs = FIRST_PAUSE_MS;

  /**
   * @param ms how long in a row
   * @param complain told once each time patience begins to be needed
   */
  constructor(
    private readonly ms: number,
    private readonly complain: (error: Error) => void,
  ) {}

  /** To be called at each sign of life. */
  reset(): void {
    this.failingSince = undefined;
    this.pauseMs = FIRST_PAUSE_MS;
  }

  /** Waits before the next try. @throws the error itself when it is a clear answer, or when patience is at its end */
  async endure(error: unknown): Promise<void> {
    if (!isOutcomeUnknown(error)) throw error;
    if (this.failingSince === undefined) {
      this.failingSince = Date.now();
      this.complain(error as Error);
    }
    if (Date.now() - this.failingSince > this.ms) throw error;
    await pause(this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
