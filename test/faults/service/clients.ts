import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Api } from '../../support/api.js';
import { waitFor } from '../../support/wait.js';
import { Journal } from './journal.js';
import { PARTNERS, playStory } from './story.js';
import type { World } from './world.js';

const PATIENCE_MS = 30_000;
/** A command may be on its way at kill after kill. */
const COMMAND_MS = 90_000;
const PAUSE_MS = 100;

/** Who sends a command, looked up for each attempt: a service that was restarted has another address. */
export type Sender = () => Promise<Api>;

/** Callers that play one story after the other, all at once, until they are told to stop. */
export class Clients {
  readonly journal = new Journal();
  private stories = 0;
  private stopping = false;
  private failure: unknown = null;
  private playing: Promise<void>[] = [];

  constructor(private readonly world: World) {}

  /** Enrols the partners, then lets this many callers loose. */
  async start(count: number): Promise<void> {
    for (const partnerId of PARTNERS) {
      const body = { name: `Partner ${partnerId}`, kind: 'indirect-reseller' };
      await this.command(() => this.world.partner(partnerId), `/v1/partners/${partnerId}/enrol`, body);
    }
    this.playing = Array.from({ length: count }, () => this.play());
  }

  /** Until this many more commands were acknowledged. */
  async progress(commands: number): Promise<void> {
    const enough = this.journal.acknowledged.length + commands;
    const holds = () => this.failure !== null || this.journal.acknowledged.length >= enough;
    await waitFor(holds, { ms: PATIENCE_MS, what: `${commands} more commands are acknowledged` });
    if (this.failure !== null) throw this.failure;
  }

  /** Until this many more calls were answered that the service cannot serve at the moment. */
  async refused(calls: number): Promise<void> {
    const count = () => this.journal.calls.filter(({ status }) => status === 503).length;
    const enough = count() + calls;
    await waitFor(() => count() >= enough, { ms: PATIENCE_MS, what: `${calls} more calls are answered 503` });
  }

  /** Lets every caller finish its story. @throws what went wrong in one */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.playing);
    if (this.failure !== null) throw this.failure;
  }

  /** Sends one command, and repeats it with the same key until everything it brings about has happened. */
  async command(sender: Sender, path: string, body: object = {}): Promise<Answer['body']> {
    const key = randomUUID();
    const headers = { 'idempotency-key': key, 'x-correlation-id': key };
    for (const deadline = Date.now() + COMMAND_MS; Date.now() < deadline; await sleep(PAUSE_MS)) {
      const api = await this.world.whenUp().then(sender);
      const answer = await this.journal.note(path, () => api.post(path, body, headers));
      if (answer === null || answer.status === 503) continue;
      if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      this.journal.acknowledge(key, path, answer);
      if (answer.status !== 202) return answer.body;
    }
    const answers = this.journal.calls.filter((call) => call.path === path).map(({ status }) => status);
    throw new Error(`POST ${path} never took effect; its answers were ${answers.join(', ')}`);
  }

  private async play(): Promise<void> {
    try {
      while (!this.stopping && this.failure === null) await playStory(this, this.world, this.stories++);
    } catch (error) {
      this.failure ??= error;
    }
  }
}
