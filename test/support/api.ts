import { randomUUID } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Answers are checked field by field where they are used.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

type Extra = Record<string, string>;

/** Longer than any answer of the service may take. */
const LONGEST_WAIT_MS = 20_000;

/** Calls the service over real HTTP with one token; every command gets a new Idempotency-Key unless one is given. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** The same caller at another process. */
  at(url: string): Api {
    return new Api(url, this.token);
  }

  get(path: string, headers: Extra = {}): Promise<Answer> {
    return this.raw('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Extra = {}): Promise<Answer> {
    return this.raw('POST', path, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  put(path: string, body: unknown, headers: Extra = {}): Promise<Answer> {
    return this.raw('PUT', path, JSON.stringify(body), headers);
  }

  async raw(method: string, path: string, body?: string, extra: Extra = {}): Promise<Answer> {
    const headers: Extra = { 'idempotency-key': randomUUID(), ...extra };
    if (this.token) headers['authorization'] = `Bearer ${this.token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
    const response = await fetch(this.url + path, { method, headers, body: body ?? null, signal });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}
