import { pino } from 'pino';

/** One JSON line an entry, to standard error. Tokens and secrets never reach it: what may hold one is left out here. */
export const log = pino(
  {
    base: null,
    level: process.env['LOG_LEVEL'] ?? 'info',
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['req.headers.authorization', 'headers.authorization', '*.secret'], remove: true },
  },
  pino.destination({ dest: 2, sync: true }),
);
export type Log = typeof log;
