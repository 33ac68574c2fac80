import { Worker } from 'node:worker_threads';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Config } from '../../src/platform/config/config.js';
import { CONFIG } from '../../src/platform/config/config.js';
import { within } from '../../src/platform/event-store/within.js';
import { log } from '../../src/platform/telemetry/log.js';

/** Where the thread finds the log and the read models. */
export interface RunnerAddresses {
  readonly eventStoreUrl: string;
  readonly redisUrl: string;
}

/** Longer than a batch may take, in milliseconds. */
const STOP_MS = 5_000;
/** Twice as much as usual: what is decoded for a batch is thrown away after it. */
const YOUNG_GENERATION_MB = 96;
/** How long the service waits with its first answer for the read models to be whole, in milliseconds. */
const START_MS = 1_500;
const REMEDY = 'restart; nothing is lost: the read models go on from their checkpoints';

/**
 * Feeds the read models, or this process's share of them, for as long as the service runs: in a thread of its own, so
 * that requests and batches do not wait for each other.
 */
@Module({})
export class RunnerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopping = false;
  private readonly thread: Worker;

  constructor(@Inject(CONFIG) { eventStoreUrl = '', redisUrl = '' }: Config) {
    const workerData: RunnerAddresses = { eventStoreUrl, redisUrl };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
    this.thread = new Worker(new URL('./runner.thread.js', import.meta.url), { workerData, resourceLimits });
    this.thread.once('error', (error) => this.endWith(error));
    this.thread.once('exit', (code) => this.endWith(code));
  }

  /** Where the read models are whole in a moment, no query need be refused meanwhile. */
  async onApplicationBootstrap(): Promise<void> {
    const whole = new Promise((resolve) => this.thread.once('message', resolve));
    await within(START_MS, whole).catch(() => undefined);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { thread } = this;
    this.stopping = true;
    if (thread.threadId === -1) return;
    const ended = new Promise((resolve) => thread.once('exit', resolve));
    thread.postMessage('stop');
    await within(STOP_MS, ended).catch((late: unknown) => {
      log.warn({ err: late, remedy: 'none needed' }, 'read models stopped in the middle of a batch');
      return thread.terminate();
    });
  }

  /** A service whose lists stand still for good is of no use: whoever watches over it starts it anew. */
  private endWith(cause: unknown): void {
    if (this.stopping) return;
    log.fatal({ err: cause, remedy: REMEDY }, 'the read models are not fed any more');
    process.exit(1);
  }
}
