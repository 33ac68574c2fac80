import { readFileSync } from 'node:fs';
import { createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { Config } from '../platform/config/config.js';
import { ConfigError } from '../platform/config/config.js';
import type { TokenRules } from './token-verifier.js';

/** The rules for tokens of an identity provider whose public keys stand in a file. @throws ConfigError */
export const tokenRulesFrom = ({ auth }: Config, publicKeysFile: string): TokenRules => {
  try {
    const keys = JSON.parse(readFileSync(publicKeysFile, 'utf8')) as JSONWebKeySet;
    return { issuer: auth.issuer, audience: auth.audience, keys: createLocalJWKSet(keys) };
  } catch {
    throw new ConfigError('AUTH_PUBLIC_KEYS must name a readable file that holds a JSON Web Key Set.');
  }
};
