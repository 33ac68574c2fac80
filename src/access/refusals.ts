import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from '../platform/http/problem.js';
import type { ProblemCode } from '../catalogue/problems.js';
import { PROBLEMS } from '../catalogue/problems.js';

/** What any command may be refused with. */
const COMMON: readonly ProblemCode[] = [
  'concurrent-change',
  'revision-mismatch',
  'idempotency-key-reused',
  'acting-for-required',
];

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  409: 'The present state does not allow it; `state` and `next` say more.',
  412: 'If-Match names another revision than the present one.',
  422: 'A rule of the domain refuses it, or the key came with another request.',
};

const documented = (codes: readonly ProblemCode[], descriptions: Readonly<Record<number, string>>) => {
  const all = codes.map((code) => ({ code, ...PROBLEMS[code] }));
  const known = Object.entries(descriptions).filter(([text]) => all.some(({ status }) => status === Number(text)));
  const responses = known.map(([text, description]) => {
    const status = Number(text);
    const examples = Object.fromEntries(
      all
        .filter((problem) => problem.status === status)
        .map((problem) => [problem.code, { value: { type: `urn:problem:${problem.code}`, ...problem } }]),
    );
    const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) }, examples } };
    return ApiResponse({ status, description, content });
  });
  return applyDecorators(ApiExtraModels(Problem), ...responses);
};

/** Documents what a command's route refuses with, an example for each code. */
export const Refuses = (...codes: readonly ProblemCode[]) => documented([...codes, ...COMMON], DESCRIPTIONS);

/** Documents what a route that changes nothing is refused with, an example for each code. */
export const RefusesQuery = (...codes: readonly ProblemCode[]) =>
  documented(codes, {
    409: 'The present state does not allow it; `state` and `next` say more.',
    422: 'A rule of the domain refuses it.',
  });

/** Documents what a list's route refuses with. */
export const RefusesPages = (...codes: readonly ProblemCode[]) =>
  documented(codes, { 422: 'The cursor is not of this list, sort and filter.' });
