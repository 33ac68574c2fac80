import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:http';

/** A request whose body and answer are NDJSON and streamed at once, over real HTTP. */
export class Exchange {
  private readonly sent: ClientRequest;
  private readonly response: Promise<IncomingMessage>;

  constructor(url: string, headers: Record<string, string>) {
    this.sent = request(url, { method: 'POST', headers: { 'content-type': 'application/x-ndjson', ...headers } });
    this.response = once(this.sent, 'response').then(([response]) => response as IncomingMessage);
    this.response.catch(() => undefined);
    this.sent.on('error', () => undefined);
    this.sent.flushHeaders();
  }

  /** Sends text, and waits until the connection takes more. */
  async send(text: string): Promise<void> {
    if (!this.sent.write(text)) await once(this.sent, 'drain');
  }

  end(): void {
    this.sent.end();
  }

  /** Each answer as it comes. Whoever stops in the middle cuts the connection. */
  // Answers are checked field by field where they are used.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async *answers(): AsyncGenerator<any> {
    let rest = '';
    for await (const chunk of (await this.response).setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  }
}
