/** The log's file is not what was written. The message says in one sentence what is wrong and what helps. */
export class CorruptLog extends Error {}

/** The log cannot be opened. The message says in one sentence why and what helps. */
export class LogUnavailable extends Error {}

/** There is no room for what was to be written; said as SQLite says it. */
export class DiskFull extends Error {
  constructor() {
    super('database or disk is full');
  }

  /** Itself in place of the system's error for it. */
  static or(error: unknown): unknown {
    return FULL.includes(codeOf(error)) ? new DiskFull() : error;
  }
}

const FULL = ['ENOSPC', 'EDQUOT'];
const codeOf = (error: unknown): string => String((error as { code?: unknown }).code);

/** Whether something failed for want of room, which mends itself when there is some. */
export function isFull(error: unknown): boolean {
  return error instanceof DiskFull || codeOf(error) === 'SQLITE_FULL';
}

/** Puts what went wrong while a log was opened into a sentence for whoever started the node. */
export function diagnose(error: unknown, folder: string): Error {
  if (error instanceof CorruptLog || error instanceof LogUnavailable) return error;
  const { code = '', message } = error as Error & { code?: string };
  if (code.startsWith('SQLITE_BUSY')) {
    return new LogUnavailable(`The data folder ${folder} is in use by another node; stop it or choose another folder.`);
  }
  if (isCorruption(error)) {
    return new CorruptLog(`The log in ${folder} is corrupt (${message}); restore the data folder from a backup.`);
  }
  return new LogUnavailable(`The data folder ${folder} cannot be used (${message}); check its path and permissions.`);
}

/** Whether SQLite found its own file damaged. */
export function isCorruption(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}
