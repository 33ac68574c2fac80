import { Injectable } from '@nestjs/common';
import type { JWTVerifyGetKey } from 'jose';
import { jwtVerify } from 'jose';
import type { Caller } from './caller.js';
import { callerOf } from './claims.js';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];
const CACHE_SIZE = 10_000;

/** Verifies bearer tokens; a verified one is remembered until it expires. */
@Injectable()
export class TokenVerifier {
  private readonly verified = new Map<string, { caller: Caller; expiresAtMs: number }>();

  constructor(private readonly rules: TokenRules) {}

  /** Whose token it is; null for one that is wrong in any way: the caller need not learn in which. */
  async verify(token: string): Promise<Caller | null> {
    const known = this.verified.get(token);
    if (known && known.expiresAtMs > Date.now()) return known.caller;
    this.verified.delete(token);
    try {
      const { keys, issuer, audience } = this.rules;
      const required = { algorithms: ALGORITHMS, issuer, audience, requiredClaims: ['exp', 'sub'] };
      const { payload } = await jwtVerify(token, keys, required);
      const caller = callerOf(payload);
      if (caller) this.remember(token, caller, (payload.exp ?? 0) * 1_000);
      return caller;
    } catch {
      return null;
    }
  }

  private remember(token: string, caller: Caller, expiresAtMs: number): void {
    if (this.verified.size >= CACHE_SIZE) this.verified.delete(this.verified.keys().next().value as string);
    this.verified.set(token, { caller, expiresAtMs });
  }
}
