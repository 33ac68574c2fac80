import type { Call } from './journal.js';

const text = ({ path, status, ms, code }: Call): string => `${path}: ${status} ${code ?? ''} after ${ms} ms`;

/** Each of these calls was answered within so many milliseconds. */
export const expectAnsweredWithin = (ms: number, calls: readonly Call[]): void =>
  expect(calls.filter((call) => call.status === null || call.ms >= ms).map(text)).toEqual([]);

/** Whatever failed says so as problem+json, with this code, and when to repeat it. */
export const expectUnavailableOnly = (codes: readonly string[], calls: readonly Call[]): void => {
  const failed = calls.filter(({ status }) => status === null || status >= 300);
  const said = ({ status, code, retryAfter, contentType }: Call) =>
    status === 503 &&
    codes.includes(code ?? '') &&
    Number(retryAfter) > 0 &&
    /^application\/problem\+json/.test(contentType ?? '');
  expect(failed.filter((call) => !said(call)).map(text)).toEqual([]);
};
