/** Writes one line of JSON to standard error: what happened, where, and what to do about it. */
export function report(level: 'info' | 'error', what: string, where: string, remedy: string): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, what, where, remedy })}\n`);
}
