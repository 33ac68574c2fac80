import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ENTRY = join(process.cwd(), 'dist/src/embedded/event-store/main.js');

export interface NodeProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it has written to standard error so far. */
  errors(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the built node on a free port; throws with what it said when it does not come up. */
export async function startNode(data: string, ...options: string[]): Promise<NodeProcess> {
  const child = spawn(process.execPath, [ENTRY, '--port', '0', '--data', data, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const gone = once(child, 'exit');
  const ready = await Promise.race([firstLine(child), gone.then(() => undefined)]);
  if (ready === undefined) throw new Error(errors || 'the node ended without a word');
  const { listening, port, pid } = JSON.parse(ready) as { listening: string; port: number; pid: number };
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  return { url: listening, port, pid, errors: () => errors, kill };
}

/** Runs something with a data folder that is gone afterwards. */
export async function withDataFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'event-store-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) return line;
  return undefined;
}
