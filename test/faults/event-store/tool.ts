import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ToolResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface RunningTool {
  readonly process: ChildProcess;
  readonly ended: Promise<ToolResult>;
}

/** Starts a built command line tool of the event store. */
export function startTool(name: 'copy' | 'backup', ...args: string[]): RunningTool {
  const entry = join(process.cwd(), `dist/src/embedded/tools/${name}/main.js`);
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output, errors }));
  return { process: child, ended };
}

export const runTool = (name: 'copy' | 'backup', ...args: string[]): Promise<ToolResult> =>
  startTool(name, ...args).ended;
