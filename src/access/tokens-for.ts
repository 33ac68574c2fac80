import type { Config } from '../platform/config/config.js';
import { ConfigError } from '../platform/config/config.js';
import type { Persona } from './development-issuer.js';
import { developmentIssuer } from './development-issuer.js';
import { tokenRulesFrom } from './token-rules.js';
import type { TokenRules } from './token-verifier.js';

export interface Tokens {
  readonly rules: TokenRules;
  /** Ready tokens to try the service with; null where an identity provider issues them. */
  readonly tokens: Record<Persona, string> | null;
}

/**
 * The configured identity provider's rules; or, on the embedded event store only, this service's own issuer.
 * @throws ConfigError
 */
export const tokensFor = async (config: Config): Promise<Tokens> => {
  const { publicKeysFile } = config.auth;
  if (publicKeysFile) return { rules: tokenRulesFrom(config, publicKeysFile), tokens: null };
  if (config.eventStoreUrl && !config.developmentTokens)
    throw new ConfigError(
      'AUTH_PUBLIC_KEYS must be set when EVENTSTORE_URL is (or DEVELOPMENT_TOKENS=true, to try it).',
    );
  return developmentIssuer(config);
};
