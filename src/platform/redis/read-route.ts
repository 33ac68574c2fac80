import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { UseInterceptors, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';
import { answerText } from '../http/shown.js';
import { Freshness } from './freshness.js';

interface ReadingRequest extends FastifyRequest {
  freshness: Freshness;
}

const requestIn = (context: ExecutionContext) => context.switchToHttp().getRequest<ReadingRequest>();

/**
 * An answer's headers say what it rests on: a position in the log, and for how many seconds that may have trailed. That
 * something is not found rests on what was read, too.
 */
class FreshnessInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<{ position: string }>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const read = (requestIn(context).freshness = new Freshness());
    const say = (position: string) => {
      void reply.header('read-position', position);
      void reply.header('read-age', String(read.ageSeconds));
    };
    const found = ({ position }: { position: string }) => {
      say(position);
      void reply.type('application/json; charset=utf-8').serializer(answerText);
    };
    return next.handle().pipe(tap({ next: found, error: () => read.position !== null && say(`${read.position}`) }));
  }
}

/** Routes that read a read model: each answer says how far the log had been looked at. */
export const ReadRoutes = () => applyDecorators(UseInterceptors(new FreshnessInterceptor()));

/** Where a query of such a route notes how fresh what it reads is. */
export const CurrentFreshness = createParamDecorator(
  (_: unknown, context: ExecutionContext) => requestIn(context).freshness,
);
