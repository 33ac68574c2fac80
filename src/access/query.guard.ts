import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ValidationFailed } from '../platform/http/validation.js';
import { PUBLIC } from './access.js';

/** Whether a route describes any parameters in its address; those it describes are validated. */
const takesQuery = (controller: object, handler: string): boolean => {
  const described = Object.keys((Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) as object) ?? {});
  return described.some((one) => one.startsWith(`${RouteParamtypes.QUERY}:`));
};

/**
 * Refuses parameters where none is described: who asks for another moment and is told of this one would not notice. A page
 * that anyone may open takes whatever a mail program adds to its address.
 */
@Injectable()
export class QueryGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const [controller, handler] = [context.getClass(), context.getHandler()];
    const names = Object.keys(context.switchToHttp().getRequest<FastifyRequest>().query as object);
    if (names.length === 0 || this.reflector.get<boolean>(PUBLIC, handler)) return true;
    if (takesQuery(controller, handler.name)) return true;
    const rule = 'whitelistValidation';
    throw new ValidationFailed(
      names.map((name) => ({ pointer: `/${name}`, rule, detail: `property ${name} should not exist` })),
    );
  }
}
