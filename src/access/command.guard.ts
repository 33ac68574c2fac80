import { Readable } from 'node:stream';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Actor } from '../kernel/actor.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { commandIdFor } from '../platform/commands/command-context.js';
import { ValidationFailed } from '../platform/http/validation.js';
import { fingerprintOf, isFingerprintOf } from '../platform/secrets/fingerprint.js';
import { SecretKeys } from '../platform/secrets/secret-keys.js';
import type { AdmittedRequest } from './access.js';
import { COMMAND } from './access.js';
import { actorOf } from './caller.js';

const KEY = /^[\x21-\x7e]{1,255}$/;
const ETAG = /^"(\d{1,19})"$/;

/** Reads what a command's request says beside its body: who acts, under which key, on which revision. */
@Injectable()
export class CommandGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: SecretKeys,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.reflector.get<boolean>(COMMAND, context.getHandler())) return true;
    const request = context.switchToHttp().getRequest<AdmittedRequest>();
    request.commandContext = this.contextOf(request);
    return true;
  }

  private contextOf(request: AdmittedRequest): CommandContext {
    const { headers, caller } = request;
    const { partnerId } = request.params as Record<string, string>;
    const actor = actorOf(caller, partnerId, {
      subject: one(headers['acting-for']),
      role: one(headers['acting-role']),
    });
    const key = matching(one(headers['idempotency-key']), KEY, 'Idempotency-Key', '1 to 255 visible ASCII characters');
    const commandId = commandIdFor(callerIdentity(actor), key);
    const { body = {}, method, url } = request;
    // A streamed body is read later, and its parts have fingerprints of their own.
    const content = { body: body instanceof Readable ? 'streamed' : body, method, path: url.split('?')[0] };
    return {
      actor,
      commandId,
      fingerprint: fingerprintOf(this.keys, content),
      isSameRequest: (fingerprint) => isFingerprintOf(this.keys, content, fingerprint),
      correlationId: request.id,
      causationId: commandId,
      expectedRevision: expectedRevision(one(headers['if-match'])),
      now: new Date().toISOString(),
    };
  }
}

/** The key belongs to the caller: another person's, or another service's for the same person, is another command. */
const callerIdentity = (actor: Actor): string =>
  [actor.kind, actor.kind === 'partner' ? actor.partnerId : actor.customerId, actor.subject, actor.through ?? ''].join(
    '\n',
  );

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

const matching = (value: string | undefined, pattern: RegExp, header: string, what: string): string => {
  if (value !== undefined && pattern.test(value)) return value;
  throw new ValidationFailed([{ pointer: header, rule: 'format', detail: `${header} must be ${what}` }]);
};

const expectedRevision = (header: string | undefined): bigint | null => {
  if (header === undefined) return null;
  return BigInt(matching(header, ETAG, 'If-Match', 'one ETag of this service, such as "3"').slice(1, -1));
};
