import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { createLocalJWKSet } from 'jose';
import type { JWK } from 'jose';
import type { Config } from '../platform/config/config.js';
import { keptFile } from '../platform/secrets/kept-file.js';
import type { TokenRules } from './token-verifier.js';

const ALGORITHM = 'EdDSA';
const LIFETIME = '12h';

/** The people of the first hour, one token each. */
export const PERSONAS = {
  partner: { sub: 'alice', role: 'partner-admin-agent', partner_id: 'contoso' },
  customer: { sub: 'bob', role: 'customer-global-admin', customer_id: 'fabrikam' },
  auditor: { sub: 'carol', role: 'auditor' },
  service: { sub: 'billing', role: 'service' },
} as const;
export type Persona = keyof typeof PERSONAS;

/** Issues tokens itself, with a key of its own under the data folder, where no identity provider is configured. */
export const developmentIssuer = async (
  config: Config,
): Promise<{ rules: TokenRules; tokens: Record<Persona, string> }> => {
  const { issuer, audience } = config.auth;
  const jwk = JSON.parse(await keptFile(config.dataDir, 'development-issuer.json', newKey)) as JWK;
  const key = await importJWK(jwk, ALGORITHM);
  const sign = (persona: Persona) =>
    new SignJWT({ ...PERSONAS[persona] })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(key);
  const signed = await Promise.all((Object.keys(PERSONAS) as Persona[]).map(async (who) => [who, await sign(who)]));
  const { d: _private, ...publicKey } = jwk;
  return {
    rules: { issuer, audience, keys: createLocalJWKSet({ keys: [publicKey] }) },
    tokens: Object.fromEntries(signed) as Record<Persona, string>,
  };
};

const newKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
};
