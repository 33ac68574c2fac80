import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { UseInterceptors, applyDecorators } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';

/** An answer that names its position carries it as a header too. */
class ReadPositionInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<{ position: string }>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap(({ position }) => void reply.header('read-position', position)));
  }
}

/** Routes that read a read model: each answer says how far the log had been looked at. */
export const ReadRoutes = () => applyDecorators(UseInterceptors(new ReadPositionInterceptor()));
