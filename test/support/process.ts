import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process under test. What it writes to standard error is kept. */
export class Subject {
  private errors = '';
  private readonly gone: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.gone = once(child, 'exit');
  }

  static start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Subject {
    const options = { stdio: ['ignore', 'pipe', 'pipe'] as const, env: { ...process.env, ...env } };
    return new Subject(spawn(command, args, { ...options, stdio: [...options.stdio] }));
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get log(): string {
    return this.errors;
  }

  /** The first line of standard output that passes. @throws Error with what it said when it ends before */
  async line<T>(pick: (line: string) => T | null): Promise<T> {
    const lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    const found = (async () => {
      for await (const line of lines) {
        const picked = pick(line);
        if (picked !== null) return picked;
      }
      throw new Error(`It ended without a word: ${this.errors}`);
    })();
    const picked = await found;
    this.child.stdout?.resume();
    return picked;
  }

  /** Stops it in its tracks; it keeps its connections and says nothing. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Ends it, and waits until it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      this.child.kill('SIGCONT');
    }
    await this.gone;
  }
}
