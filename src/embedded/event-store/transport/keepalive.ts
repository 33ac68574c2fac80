import type { ServerHttp2Session } from 'node:http2';

const INTERVAL_MS = 20_000;
const TIMEOUT_MS = 10_000;

/** Pings a session now and then and drops it when no answer comes: a client that is gone says no goodbye. */
export function keepAlive(session: ServerHttp2Session): void {
  let timeout: NodeJS.Timeout | undefined;
  const interval = setInterval(() => {
    if (session.destroyed) return;
    timeout = setTimeout(() => session.destroy(), TIMEOUT_MS).unref();
    session.ping(() => clearTimeout(timeout));
  }, INTERVAL_MS).unref();
  session.on('close', () => {
    clearInterval(interval);
    clearTimeout(timeout);
  });
}
