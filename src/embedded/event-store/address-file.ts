import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from './diagnostics.js';

const FILE = 'address.json';

interface Address {
  readonly listening: string;
  readonly pid: number;
}

/** Says in the data folder, for tools, where its node listens; until the process ends. */
export function publishAddress(folder: string, { listening, pid }: Address): void {
  const path = join(folder, FILE);
  try {
    rmSync(path, { force: true });
    writeFileSync(path, JSON.stringify({ listening, pid }), { mode: 0o600 });
    process.once('exit', () => withdraw(path));
  } catch (error) {
    report(
      'info',
      `The address is not in the data folder: ${(error as Error).message}`,
      'start',
      'Tools need the URL.',
    );
  }
}

/** A successor may have written its own by now. */
function withdraw(path: string): void {
  if (read(path)?.pid === process.pid) rmSync(path, { force: true });
}

function read(path: string): Address | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Address;
  } catch {
    return undefined;
  }
}

/** The URL of the node that runs on a data folder, if one does: what a killed node left behind does not count. */
export function readAddress(folder: string): string | undefined {
  const address = read(join(folder, FILE));
  return address && isAlive(address.pid) ? address.listening : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
