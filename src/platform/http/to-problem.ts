import { HttpException } from '@nestjs/common';
import type { RejectionKind } from '../../kernel/rejection.js';
import { Rejection } from '../../kernel/rejection.js';
import { UnknownSchemaVersion } from '../../kernel/upcasting.js';
import { EventStoreUnavailable } from '../event-store/errors.js';
import { ReadModelUnavailable } from '../redis/errors.js';
import type { ProblemAnswer } from './problem.js';
import { ValidationFailed } from './validation.js';

const STATUS: Record<RejectionKind, number> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
};

/** Every fault as the caller shall see it: what can be known is said, the rest is for the log. */
export const toProblem = (error: unknown): ProblemAnswer => {
  if (error instanceof Rejection) return fromRejection(error);
  if (error instanceof ValidationFailed)
    return { problem: { status: 400, code: 'validation-failed', detail: error.message, errors: [...error.fields] } };
  if (error instanceof EventStoreUnavailable) return eventStoreUnavailable;
  if (error instanceof ReadModelUnavailable) return fromReadModel(error);
  if (error instanceof UnknownSchemaVersion) return fromNewerRelease(error);
  const status = error instanceof HttpException ? error.getStatus() : clientFault(error);
  if (status !== null) return fromStatus(status, (error as Error).message);
  return { problem: { status: 500, code: 'internal-error', detail: 'Something failed here; it has been logged.' } };
};

/** Fastify's own refusals, such as a body too large, carry their status; null for any other fault. */
const clientFault = (error: unknown): number | null => {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
};

const fromReadModel = ({ code, message, retryAfterSeconds }: ReadModelUnavailable): ProblemAnswer => ({
  problem: { status: 503, code, detail: message },
  retryAfterSeconds,
});

/** While a newer release takes over, its instances answer what this one cannot read. */
const fromNewerRelease = ({ message }: UnknownSchemaVersion): ProblemAnswer => ({
  problem: { status: 503, code: 'schema-version-unknown', detail: message },
  retryAfterSeconds: 5,
});

const fromRejection = ({ kind, code, message, hints }: Rejection): ProblemAnswer => ({
  problem: { status: STATUS[kind], code, detail: message, ...hints },
});

const eventStoreUnavailable: ProblemAnswer = {
  problem: {
    status: 503,
    code: 'event-store-unavailable',
    detail: 'The event store did not answer in time; whether this took effect is not known.',
    next: 'Repeat the request with the same Idempotency-Key: it takes effect once.',
  },
  retryAfterSeconds: 2,
};

const CODES: Record<number, string> = {
  400: 'malformed-request',
  401: 'token-required',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

const fromStatus = (status: number, detail: string): ProblemAnswer => ({
  problem: { status, code: CODES[status] ?? `http-${status}`, detail },
});
