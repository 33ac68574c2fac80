import type { ExecutionContext } from '@nestjs/common';
import { SetMetadata, applyDecorators, createParamDecorator } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiHeader, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '../platform/commands/command-context.js';
import { Problem } from '../platform/http/problem.js';
import type { Caller, CallerKind } from './caller.js';

export const ALLOWED = 'access:allowed';
export const PUBLIC = 'access:public';
export const COMMAND = 'access:command';

/** The request once the guards have let it in. */
export interface AdmittedRequest extends FastifyRequest {
  caller: Caller;
  commandContext: CommandContext;
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } };
const problem = (status: number, description: string) => ApiResponse({ status, description, content: PROBLEM });

/** Anyone may call this route, without a token. */
export const Public = () => SetMetadata(PUBLIC, true);

/** These kinds of callers may call this route; every other route is denied to everyone. */
export const Allow = (...kinds: readonly CallerKind[]) =>
  applyDecorators(
    SetMetadata(ALLOWED, kinds),
    ApiBearerAuth(),
    ApiExtraModels(Problem),
    problem(400, 'The input does not fit its description; each field is named.'),
    problem(401, 'A valid bearer token is required.'),
    problem(403, 'This caller may not do this (R1).'),
    problem(404, "It does not exist, or it is another's."),
    problem(503, 'Something this needs does not answer; Retry-After says when to try again.'),
  );

/** A route that carries a command: it needs an Idempotency-Key, and may carry If-Match (D7). `Refuses` says what refuses it. */
export const CommandRoute = (...kinds: readonly CallerKind[]) =>
  applyDecorators(
    Allow(...kinds),
    SetMetadata(COMMAND, true),
    ApiHeader({ name: 'Idempotency-Key', required: true, description: 'A repeat gives the first answer again (D7).' }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag you saw; another one is refused.' }),
  );

const admitted = (context: ExecutionContext) => context.switchToHttp().getRequest<AdmittedRequest>();

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) => admitted(context).caller);
export const CurrentCommand = createParamDecorator(
  (_: unknown, context: ExecutionContext) => admitted(context).commandContext,
);
