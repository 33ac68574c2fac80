import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Recorded } from '../kernel/event.js';
import type { Checkpoint } from '../platform/event-store/checkpoint.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { pause } from '../platform/event-store/within.js';
import { log } from '../platform/telemetry/log.js';
import { AcceptanceCompletion } from './acceptance.service.js';
import type { InvitationAccepted } from './invitation.events.js';

const NAME = 'acceptance-workflow';
const SAVE_EVERY = 64;
/** A thousand events: hardly any is followed, and to start behind those costs nothing. */
const CHECKPOINT_INTERVAL = 32;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Sees every acceptance through, whatever crashed in between (D1): follows the log from its own checkpoint. */
@Injectable()
export class AcceptanceWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private position: bigint | null = null;
  private unsaved = 0;

  constructor(
    private readonly store: EventStore,
    private readonly completion: AcceptanceCompletion,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const checkpoint = this.store.checkpoint(NAME);
    await this.untilDone('read its checkpoint', async () => {
      this.position = await checkpoint.load();
    });
    const from = () => this.position;
    const options = {
      name: NAME,
      types: ['InvitationAccepted'],
      checkpointInterval: CHECKPOINT_INTERVAL,
      from,
      signal,
    };
    for await (const followed of this.store.follow(options)) {
      if (followed.kind === 'event') await this.complete(followed.recorded as Recorded<InvitationAccepted>);
      if (followed.kind === 'checkpoint') this.position = followed.position;
      if (this.unsaved >= SAVE_EVERY || followed.kind === 'caught-up') await this.save(checkpoint);
    }
    await this.save(checkpoint);
  }

  private async complete(accepted: Recorded<InvitationAccepted>): Promise<void> {
    const { stream, position } = accepted;
    await this.untilDone(`complete ${stream} at ${position}`, () => this.completion.complete(accepted));
    if (this.stopping.signal.aborted) return;
    this.position = position;
    this.unsaved += 1;
  }

  /** Failing to save costs a repetition, never an acceptance. */
  private async save(checkpoint: Checkpoint): Promise<void> {
    if (this.unsaved === 0 || this.position === null) return;
    try {
      await checkpoint.save(this.position);
      this.unsaved = 0;
    } catch (error) {
      log.warn(
        { err: error, workflow: NAME, remedy: 'none needed: it repeats from the last one' },
        'checkpoint not saved',
      );
    }
  }

  private async untilDone(what: string, work: () => Promise<unknown>): Promise<void> {
    const { signal } = this.stopping;
    for (let wait = FIRST_PAUSE_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        await work();
        return;
      } catch (error) {
        log.error(
          { err: error, workflow: NAME, remedy: 'repeats by itself; check the event store' },
          `could not ${what}`,
        );
        await pause(wait, signal);
      }
    }
  }
}
