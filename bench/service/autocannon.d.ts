/** The part of autocannon's interface that is used here; the package brings no types. */
declare module 'autocannon' {
  interface Request {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly setupRequest?: (request: Request) => Request;
  }

  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly duration?: number;
    readonly amount?: number;
    readonly sampleInt?: number;
    readonly timeout?: number;
    readonly requests: readonly Request[];
  }

  interface Result {
    readonly errors: number;
    readonly non2xx: number;
    readonly statusCodeStats: Record<string, { count: number }>;
  }

  interface Instance extends PromiseLike<Result> {
    on(event: 'response', heard: (client: unknown, status: number, bytes: number, ms: number) => void): this;
    stop(): void;
  }

  export default function autocannon(options: Options): Instance;
}
