import type { LoggerService } from '@nestjs/common';
import { log } from './log.js';

/** Nest's own messages as lines of the same log; its start-up chatter only when asked for. */
export const nestLogger: LoggerService = {
  log: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  error: (message: unknown, stack?: unknown, context?: unknown) => log.error({ context, stack }, String(message)),
  warn: (message: unknown, context?: unknown) => log.warn({ context }, String(message)),
};
