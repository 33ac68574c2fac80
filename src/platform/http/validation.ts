import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
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

const RULES = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

/** Only what is described comes in; anything else is named and refused. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    ...RULES,
    transform: true,
    exceptionFactory: (errors) => new ValidationFailed(problemsOf(errors, '')),
  });

/** The same for an object that comes by another way than a request's body. @throws ValidationFailed */
export const validated = <T extends object>(type: new () => T, value: object): T => {
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, RULES);
  if (errors.length > 0) throw new ValidationFailed(problemsOf(errors, ''));
  return instance;
};
