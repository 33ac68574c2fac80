import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../support/api.js';

/** One request, and how it was answered; `status` null when it was not. */
export interface Call {
  readonly path: string;
  readonly sentAt: number;
  readonly ms: number;
  readonly status: number | null;
  readonly code: string | null;
  readonly retryAfter: string | null;
  readonly contentType: string | null;
}

/** What a command was answered. */
export interface Acknowledged {
  /** Its Idempotency-Key, and the correlation id of whatever it brought about. */
  readonly key: string;
  readonly path: string;
  readonly status: number;
  readonly decided: readonly string[];
  readonly revision: string;
  readonly position: string;
}

const LONGEST_MS = 15_000;
const NO_ANSWER = { status: null, code: null, retryAfter: null, contentType: null };

const contentOf = ({ status, headers, body }: Answer) => ({
  status,
  code: body.code ?? null,
  retryAfter: headers.get('retry-after'),
  contentType: headers.get('content-type'),
});

/** Everything that callers saw. */
export class Journal {
  readonly calls: Call[] = [];
  readonly acknowledged: Acknowledged[] = [];

  /** Sends, and notes down what came of it; null when nothing did. */
  async note(path: string, send: () => Promise<Answer>): Promise<Answer | null> {
    const sentAt = Date.now();
    const nothing = sleep(LONGEST_MS, null, { ref: false });
    const answer = await Promise.race([send().catch(() => null), nothing]);
    this.calls.push({ path, sentAt, ms: Date.now() - sentAt, ...(answer ? contentOf(answer) : NO_ANSWER) });
    return answer;
  }

  acknowledge(key: string, path: string, { status, body }: Answer): void {
    const { decided, revision, position } = body;
    this.acknowledged.push({ key, path, status, decided, revision, position });
  }

  get unanswered(): number {
    return this.calls.filter(({ status }) => status === null).length;
  }
}
