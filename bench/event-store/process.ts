import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MICROSECONDS_PER_TICK = 10_000;

/** A server under measurement, in a process of its own. */
export interface Served {
  readonly url: string;
  /** Processor time it has taken so far, in microseconds; NaN where the system does not tell. */
  cpu(): number;
  stop(): Promise<void>;
}

/** Starts a built script that prints one line of JSON when it is ready. */
export async function serve(script: string, ...args: string[]): Promise<Served> {
  const path = join(process.cwd(), 'dist', script);
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { listening } = JSON.parse(line) as { listening: string };
    return { url: listening, cpu: () => cpuOf(child), stop: () => stop(child) };
  }
  throw new Error(`${script} did not start; build it first`);
}

export const startNode = (folder: string) => serve('src/embedded/event-store/main.js', '--port', '0', '--data', folder);

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

function cpuOf({ pid }: ChildProcess): number {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user = NaN, system = NaN] = fields.split(' ').slice(11, 13).map(Number);
    return (user + system) * MICROSECONDS_PER_TICK;
  } catch {
    return NaN;
  }
}
