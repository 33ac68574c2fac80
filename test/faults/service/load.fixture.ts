import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../support/api.js';
import { waitFor } from '../../support/wait.js';
import type { FlowCommand } from './flow.fixture.js';
import { PARTNERS, attestationPath, enrolment, flow } from './flow.fixture.js';
import type { World } from './world.fixture.js';

const WORKERS = 8;
const PAUSE_MS = 50;

/** How the service answered while something was wrong, and how long it took. */
export interface Refused {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly ms: number;
}

/** Callers who go on whatever happens: what was not acknowledged is repeated with the same Idempotency-Key. */
export class Load {
  /** The types that acknowledged commands have written, by stream and in order. */
  readonly acknowledged = new Map<string, string[]>();
  readonly refused: Refused[] = [];
  commands = 0;
  /** The longest that any caller waited for any answer, in milliseconds. */
  slowestMs = 0;
  private next = 0;
  private stopping = false;
  private attestation: object = {};
  private workers: Promise<void>[] = [];

  constructor(private readonly world: World) {}

  async start(): Promise<void> {
    this.attestation = (await (await this.world.auditor()).get(attestationPath)).body;
    for (const partner of PARTNERS) await this.untilAcknowledged(enrolment(partner));
    this.workers = Array.from({ length: WORKERS }, () => this.work());
    for (const worker of this.workers) worker.catch(() => undefined);
  }

  /** Resolves when every flow that was begun has been carried to its end. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      const commands = flow(this.next++, this.attestation);
      for (let step = commands.next(); !step.done;) {
        const answer = await this.untilAcknowledged(step.value);
        step = commands.next(answer);
      }
    }
  }

  private async untilAcknowledged(command: FlowCommand): Promise<Answer> {
    for (;;) {
      await waitFor(() => this.world.isUp || this.world.isOver, { ms: 30_000, what: 'the service is up again' });
      if (this.world.isOver) throw new Error('The world is closed.');
      const answer = await this.attempt(command);
      if (answer && isAcknowledged(answer)) {
        this.note(command, answer);
        return answer;
      }
      if (answer && !isUnclear(answer))
        throw new Error(`${command.key} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      await sleep(PAUSE_MS);
    }
  }

  /** One attempt; null when the service was gone before it answered. */
  private async attempt({ by, partnerId, customerId, path, body, key }: FlowCommand): Promise<Answer | null> {
    const started = performance.now();
    try {
      const { world } = this;
      const api = await (by === 'partner' ? world.partner(partnerId) : world.customer(customerId));
      const answer = await api.post(path, body, { 'idempotency-key': key });
      const ms = performance.now() - started;
      this.slowestMs = Math.max(this.slowestMs, ms);
      if (answer.status === 503) this.refused.push(refusal(answer, ms));
      return answer;
    } catch (error) {
      if (!this.world.isUp || isConnectionLost(error)) return null;
      throw error;
    }
  }

  private note(command: FlowCommand, answer: Answer): void {
    this.commands += 1;
    for (const [stream, types] of Object.entries(command.writes(answer)))
      this.acknowledged.set(stream, [...(this.acknowledged.get(stream) ?? []), ...types]);
  }
}

export const refusal = ({ status, headers }: Answer, ms: number): Refused => ({
  status,
  retryAfter: headers.get('retry-after'),
  ms,
});

const isAcknowledged = ({ status }: Answer): boolean => status === 200 || status === 201;

/** Try again later, or accepted with the rest to follow: the same request tells in the end. */
const isUnclear = ({ status }: Answer): boolean => status === 503 || status === 202;

const isConnectionLost = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed';
