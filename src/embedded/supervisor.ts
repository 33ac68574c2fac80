import { log } from '../platform/telemetry/log.js';
import { pause } from '../platform/event-store/within.js';
import type { ServerProcess } from './server-process.js';
import { EmbeddedServerError } from './server-process.js';

/** The times of supervision, in milliseconds. */
export interface Patience {
  /** For how long a first start that fails is tried again: a predecessor may still be letting go of its files. */
  readonly firstStart: number;
  /** The pause before a restart: the first one, and the longest as it doubles. */
  readonly pause: number;
  readonly longestPause: number;
  /** A server that ran for this long is healthy: the pauses start afresh. */
  readonly healthy: number;
}

const PATIENCE: Patience = { firstStart: 5_000, pause: 100, longestPause: 5_000, healthy: 10_000 };
const REMEDY = 'restarted by itself; if it repeats, look for what ends it: memory, a full disk, another process';

/** Keeps one server running until stopped: an end that was not asked for is logged, and the server started again. */
export class Supervisor<Server extends ServerProcess> {
  private readonly stopping = new AbortController();
  private running?: Server;
  private starting?: Promise<Server>;
  private watch = Promise.resolve();

  constructor(
    private readonly name: string,
    private readonly launch: () => Promise<Server>,
    private readonly patience: Patience = PATIENCE,
  ) {}

  /** Resolves when the server is ready. @throws what the launch throws, when patience ends or waiting will not help */
  async start(): Promise<Server> {
    this.starting = this.firstStart();
    const server = await this.starting;
    this.running = server;
    this.watch = this.keepRunning(server);
    return server;
  }

  /** Resolves when the server has ended; without one, or when called again, at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.starting?.catch(() => undefined);
    await this.running?.stop();
    await this.watch;
  }

  private async firstStart(): Promise<Server> {
    const deadline = Date.now() + this.patience.firstStart;
    for (;;) {
      try {
        return await this.launch();
      } catch (error) {
        if (Date.now() >= deadline || this.stopping.signal.aborted || isFinal(error)) throw error;
        await pause(this.patience.pause, this.stopping.signal);
      }
    }
  }

  private async keepRunning(first: Server): Promise<void> {
    let wait = this.patience.pause;
    for (let server: Server | null = first; server;) {
      const since = Date.now();
      const cause = await server.ended;
      if (this.stopping.signal.aborted) return;
      log.error({ server: this.name, pid: server.pid, cause, remedy: REMEDY }, 'embedded server ended');
      if (Date.now() - since >= this.patience.healthy) wait = this.patience.pause;
      server = await this.restart(wait);
      wait = Math.min(wait * 2, this.patience.longestPause);
    }
  }

  private async restart(firstWait: number): Promise<Server | null> {
    for (let wait = firstWait; ; wait = Math.min(wait * 2, this.patience.longestPause)) {
      await pause(wait, this.stopping.signal);
      if (this.stopping.signal.aborted) return null;
      const server = await this.launch().catch((error: Error) => {
        log.error({ server: this.name, err: error, remedy: REMEDY }, 'embedded server did not restart');
        return null;
      });
      if (!server) continue;
      this.running = server;
      if (this.stopping.signal.aborted) await server.stop();
      else log.info({ server: this.name, pid: server.pid }, 'embedded server restarted');
      return server;
    }
  }
}

const isFinal = (error: unknown): boolean => error instanceof EmbeddedServerError && error.final;
