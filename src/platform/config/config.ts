import { z } from 'zod';
import type { Role } from './roles.js';
import { ALL_ROLES, roles } from './roles.js';
import { secretKeys } from './secret-keys.js';
import type { SecretKey } from './secret-keys.js';

/** Injection token of the {@link Config}. */
export const CONFIG = Symbol('CONFIG');

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Everything the environment decides, checked. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** What this process does of all that there is to do. */
  readonly roles: ReadonlySet<Role>;
  /** Absent: an event store is started on this machine. */
  readonly eventStoreUrl?: string;
  /** Absent: a Redis is started on this machine. */
  readonly redisUrl?: string;
  /** What a personal link begins with (D6). */
  readonly invitationUrl: string;
  readonly auth: {
    readonly issuer: string;
    readonly audience: string;
    /** A JWKS file. Absent: an own key is made in the data folder. */
    readonly publicKeysFile?: string;
  };
  /** Whether this service issues tokens itself beside an event store that is not embedded: to try it only. */
  readonly developmentTokens: boolean;
  /** The first signs, all verify (D6). Absent: one is made in the data folder. */
  readonly secretKeys?: readonly SecretKey[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** A wrong value in the environment: one sentence that names the variable, and never the value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const PORT = 'must be a whole number from 0 to 65535';
const EVENTSTORE_URL = 'must be a connection string that begins with esdb:// or esdb+discover://';
const REDIS_URL = 'must be an address that begins with redis:// or rediss://, or the absolute path of a socket';
const WEB_URL = 'must be an http:// or https:// address without a query and without a #fragment';

const text = z.string();
const environment = z.object({
  HOST: text.regex(/^[\w.:-]+$/, 'must be a host name or an IP address').default('127.0.0.1'),
  PORT: text
    .regex(/^\d{1,5}$/, PORT)
    .transform(Number)
    .refine((port) => port <= 65_535, PORT)
    .default(3_000),
  DATA_DIR: text.default('.data'),
  ROLES: roles.default(ALL_ROLES),
  EVENTSTORE_URL: text.regex(/^esdb(\+discover)?:\/\/[^\s/]+/, EVENTSTORE_URL).optional(),
  REDIS_URL: text.regex(/^(rediss?:\/\/[^\s/]|\/[^/])/, REDIS_URL).optional(),
  INVITATION_URL: text
    .regex(/^https?:\/\/[^\s?#]+$/, WEB_URL)
    .refine((url) => URL.canParse(url), WEB_URL)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  AUTH_ISSUER: text.optional(),
  AUTH_AUDIENCE: text.optional(),
  AUTH_PUBLIC_KEYS: text.optional(),
  DEVELOPMENT_TOKENS: z.enum(['true', 'false'], 'must be true or false').default('false'),
  SECRET_KEYS: secretKeys.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/**
 * The configuration that these environment variables describe; an empty variable counts as absent.
 * @throws ConfigError naming the first variable that is wrong
 */
export const loadConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { data, error } = environment.safeParse(given);
  const issue = error?.issues[0];
  if (issue) throw new ConfigError(`${issue.path.join('.')} ${issue.message}.`);
  return toConfig(data as z.infer<typeof environment>);
};

const toConfig = (env: z.infer<typeof environment>): Config => ({
  host: env.HOST,
  port: env.PORT,
  dataDir: env.DATA_DIR,
  roles: rolesOf(env),
  eventStoreUrl: env.EVENTSTORE_URL,
  redisUrl: env.REDIS_URL,
  invitationUrl: env.INVITATION_URL ?? `${httpAddress(env.HOST, env.PORT)}/invitations`,
  auth: authOf(env),
  developmentTokens: env.DEVELOPMENT_TOKENS === 'true',
  secretKeys: env.SECRET_KEYS,
  logLevel: env.LOG_LEVEL,
});

/** Processes that share the work meet in the event store and in Redis: each must be told where these are. */
const rolesOf = ({ ROLES, EVENTSTORE_URL, REDIS_URL }: z.infer<typeof environment>): Config['roles'] => {
  const shared = ROLES.size < ALL_ROLES.size;
  if (shared && !EVENTSTORE_URL) throw new ConfigError('EVENTSTORE_URL must be set when ROLES is not all.');
  if (shared && !REDIS_URL) throw new ConfigError('REDIS_URL must be set when ROLES is not all.');
  return ROLES;
};

const OWN_NAME = 'reseller-relationships';

/** With keys of somebody else's making, whose tokens count and for whom they are meant must be said. */
const authOf = (env: z.infer<typeof environment>): Config['auth'] => {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_PUBLIC_KEYS: publicKeysFile } = env;
  if (publicKeysFile && !issuer) throw new ConfigError('AUTH_ISSUER must be set when AUTH_PUBLIC_KEYS is.');
  if (publicKeysFile && !audience) throw new ConfigError('AUTH_AUDIENCE must be set when AUTH_PUBLIC_KEYS is.');
  return { issuer: issuer ?? OWN_NAME, audience: audience ?? OWN_NAME, publicKeysFile };
};

const ANY_ADDRESS: Readonly<Record<string, string>> = { '0.0.0.0': 'localhost', '::': 'localhost' };

/** Where a server that listens on this host and port is found from the same machine. */
export const httpAddress = (host: string, port: number): string => {
  const name = ANY_ADDRESS[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
