import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Rejection } from '../kernel/rejection.js';
import type { AdmittedRequest } from './access.js';
import { ALLOWED, PUBLIC } from './access.js';
import type { Caller, CallerKind } from './caller.js';
import { requireCustomerRole, requirePartnerRole } from './caller.js';
import { TokenVerifier } from './token-verifier.js';

/** Everything is denied unless the route allows the caller's kind, and the path names the caller's own tenant. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, route)) return true;
    const request = context.switchToHttp().getRequest<AdmittedRequest>();
    request.caller = await this.authenticate(request.headers.authorization);
    const allowed = this.reflector.getAllAndOverride<readonly CallerKind[]>(ALLOWED, route) ?? [];
    if (!allowed.includes(request.caller.kind))
      throw new Rejection(
        'forbidden',
        'caller-not-permitted',
        `This is not open to callers of the kind ${request.caller.kind}.`,
      );
    if (request.caller.kind === 'partner') requirePartnerRole(request.caller.role);
    if (request.caller.kind === 'customer') requireCustomerRole(request.caller.role);
    requireOwnTenant(request.caller, request.params as Record<string, string>);
    return true;
  }

  private async authenticate(header: string | undefined): Promise<Caller> {
    const token = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : '';
    const caller = token && (await this.tokens.verify(token));
    if (!caller) throw new UnauthorizedException('Send a valid bearer token.');
    return caller;
  }
}

/** Another's data is as good as not there. */
const requireOwnTenant = (caller: Caller, { partnerId, customerId }: Record<string, string>): void => {
  const foreignPartner = caller.kind === 'partner' && partnerId !== undefined && partnerId !== caller.partnerId;
  const foreignCustomer = caller.kind === 'customer' && customerId !== undefined && customerId !== caller.customerId;
  if (foreignPartner || foreignCustomer) throw new Rejection('not-found', 'not-found', 'There is nothing here.');
};
