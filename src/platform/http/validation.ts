import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldProblem } from './problem.js';

/** The input does not satisfy its description. Every field concerned is named. */
export class ValidationFailed extends Error {
  override readonly name = 'ValidationFailed';
  constructor(readonly fields: readonly FieldProblem[]) {
    super(fields.map(({ detail }) => detail).join('; '));
  }
}

const problemsOf = (errors: readonly ValidationError[], path: string): FieldProblem[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const pointer = `${path}/${property}`;
    const own = Object.entries(constraints).map(([rule, detail]) => ({ pointer, rule, detail }));
    return [...own, ...problemsOf(children, pointer)];
  });

/** Only what is described comes in; anything else is named and refused. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new ValidationFailed(problemsOf(errors, '')),
  });
