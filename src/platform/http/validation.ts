import type { ArgumentMetadata } from '@nestjs/common';
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

const HALF_CHARACTER = /\p{Surrogate}/u;

/** Texts that hold half a character: no store and no address can, so that each would make something else of it. */
const illFormed = (value: unknown, pointer: string): FieldProblem[] => {
  if (typeof value === 'string' && HALF_CHARACTER.test(value))
    return [{ pointer, rule: 'wellFormed', detail: `${pointer.slice(1)} must be well-formed Unicode` }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => illFormed(one, `${pointer}/${name}`));
};

/** @throws ValidationFailed */
const requireWellFormed = <T>(value: T): T => {
  const fields = illFormed(value, '');
  if (fields.length > 0) throw new ValidationFailed(fields);
  return value;
};

const RULES = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

/** Only what is described comes in; anything else is named and refused. */
class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const input: unknown = await super.transform(value, metadata);
    return metadata.type === 'custom' ? input : requireWellFormed(input);
  }
}

export const validationPipe = (): ValidationPipe =>
  new InputPipe({
    ...RULES,
    transform: true,
    exceptionFactory: (errors) => new ValidationFailed(problemsOf(errors, '')),
  });

/** The same for an object that comes by another way than a request's body. @throws ValidationFailed */
export const validated = <T extends object>(type: new () => T, value: object): T => {
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, RULES);
  if (errors.length > 0) throw new ValidationFailed(problemsOf(errors, ''));
  return requireWellFormed(instance);
};
