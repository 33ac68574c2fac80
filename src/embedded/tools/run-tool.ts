import { rmSync } from 'node:fs';
import { Refusal } from './refusal.js';

/**
 * Runs a command line tool: the process ends with 0, or with 1 and one sentence on standard error.
 * @param remedy what helps when it fails for a cause that it does not know
 */
export async function runTool(main: (args: string[]) => Promise<void>, remedy: string): Promise<never> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  try {
    await main(process.argv.slice(2));
    process.exit(0);
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(error instanceof Refusal ? `${message}\n` : `${message.replace(/\.$/, '')}: ${remedy}\n`);
    process.exit(1);
  }
}

/** Removes a folder when the process ends, unless by kill -9; one that is not there any more does not matter. */
export function removeAtExit(folder: string): void {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
