import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { UseInterceptors, applyDecorators } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Observable, tap } from 'rxjs';
import type { Freshness } from './freshness.js';
import { noting } from './freshness.js';
import { answerText } from '../http/shown.js';

/**
 * An answer's headers say what it rests on: a position in the log, and for how many seconds that may have trailed. That
 * something is not found rests on what was read, too.
 */
class FreshnessInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<{ position: string }>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const read: Freshness = { position: null, ageSeconds: 0 };
    const answered = new Observable<{ position: string }>((to) => noting(read, () => next.handle().subscribe(to)));
    const say = (position: string) => {
      void reply.header('read-position', position);
      void reply.header('read-age', String(read.ageSeconds));
    };
    const found = ({ position }: { position: string }) => {
      say(position);
      void reply.type('application/json; charset=utf-8').serializer(answerText);
    };
    return answered.pipe(tap({ next: found, error: () => read.position !== null && say(`${read.position}`) }));
  }
}

/** Routes that read a read model: each answer says how far the log had been looked at. */
export const ReadRoutes = () => applyDecorators(UseInterceptors(new FreshnessInterceptor()));
