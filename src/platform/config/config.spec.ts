import { ConfigError, httpAddress, loadConfig } from './config.js';

const bytes = (length: number) => Buffer.alloc(length, 7).toString('base64url');

describe('loadConfig', () => {
  it('needs nothing to be set', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: '.data',
      roles: new Set(['api', 'projector', 'workflow']),
      invitationUrl: 'http://127.0.0.1:3000/invitations',
      auth: { issuer: 'reseller-relationships', audience: 'reseller-relationships' },
      developmentTokens: false,
      logLevel: 'info',
    });
  });

  it('takes an empty variable as absent', () => {
    expect(loadConfig({ PORT: '', REDIS_URL: ' ', SECRET_KEYS: '' })).toEqual(loadConfig({}));
  });

  it('takes every variable', () => {
    expect(
      loadConfig({
        HOST: '::',
        PORT: '0',
        DATA_DIR: '/srv/data',
        ROLES: 'api, projector',
        EVENTSTORE_URL: 'esdb+discover://admin:changeit@a.example:2113,b.example:2113?tls=true',
        REDIS_URL: 'rediss://:pw@cache.example:6380',
        INVITATION_URL: 'https://partners.example/invitations/',
        AUTH_ISSUER: 'https://id.example',
        AUTH_AUDIENCE: 'relationships',
        AUTH_PUBLIC_KEYS: '/etc/keys.json',
        SECRET_KEYS: `new:${bytes(32)}, old:${bytes(40)}`,
        DEVELOPMENT_TOKENS: 'true',
        LOG_LEVEL: 'warn',
      }),
    ).toEqual({
      host: '::',
      port: 0,
      dataDir: '/srv/data',
      roles: new Set(['api', 'projector']),
      eventStoreUrl: 'esdb+discover://admin:changeit@a.example:2113,b.example:2113?tls=true',
      redisUrl: 'rediss://:pw@cache.example:6380',
      invitationUrl: 'https://partners.example/invitations',
      auth: { issuer: 'https://id.example', audience: 'relationships', publicKeysFile: '/etc/keys.json' },
      developmentTokens: true,
      secretKeys: [
        { id: 'new', key: new Uint8Array(32).fill(7) },
        { id: 'old', key: new Uint8Array(40).fill(7) },
      ],
      logLevel: 'warn',
    });
  });

  it('takes the path of a socket for Redis', () => {
    expect(loadConfig({ REDIS_URL: '/run/redis.sock' }).redisUrl).toBe('/run/redis.sock');
  });

  it.each([
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '80a' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ HOST: 'http://x' }, 'HOST must be a host name or an IP address.'],
    [
      { EVENTSTORE_URL: 'http://a:2113' },
      'EVENTSTORE_URL must be a connection string that begins with esdb:// or esdb+discover://.',
    ],
    [
      { REDIS_URL: 'http://a' },
      'REDIS_URL must be an address that begins with redis:// or rediss://, or the absolute path of a socket.',
    ],
    [
      { INVITATION_URL: 'https://a/b#c' },
      'INVITATION_URL must be an http:// or https:// address without a query and without a #fragment.',
    ],
    [
      { INVITATION_URL: 'https://a:b:c' },
      'INVITATION_URL must be an http:// or https:// address without a query and without a #fragment.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.'],
    [{ ROLES: 'api,web' }, 'ROLES must be all, or some of api,projector,workflow.'],
    [{ ROLES: 'api' }, 'EVENTSTORE_URL must be set when ROLES is not all.'],
    [{ ROLES: 'api', EVENTSTORE_URL: 'esdb://a:2113' }, 'REDIS_URL must be set when ROLES is not all.'],
    [{ AUTH_PUBLIC_KEYS: 'k.json' }, 'AUTH_ISSUER must be set when AUTH_PUBLIC_KEYS is.'],
    [{ AUTH_PUBLIC_KEYS: 'k.json', AUTH_ISSUER: 'i' }, 'AUTH_AUDIENCE must be set when AUTH_PUBLIC_KEYS is.'],
  ])('refuses %j in one sentence', (env, sentence) => {
    expect(() => loadConfig(env)).toThrow(new ConfigError(sentence));
  });

  it.each([
    ['a key without an id', bytes(32)],
    ['a short key', `a:${bytes(31)}`],
    ['an id with a dot, which separates it from the secret in a link', `a.b:${bytes(32)}`],
    ['a trailing comma', `a:${bytes(32)},`],
    ['plain base64', `a:${Buffer.alloc(33, 255).toString('base64')}`],
    ['an id twice', `a:${bytes(32)},a:${bytes(33)}`],
  ])('refuses %s in SECRET_KEYS and repeats none of it', (_, value) => {
    let message = '';
    try {
      loadConfig({ SECRET_KEYS: value });
    } catch (error) {
      message = (error as ConfigError).message;
    }
    expect(message).toMatch(/^SECRET_KEYS must (be keyId:key pairs|give each key an id)/);
    expect(message).not.toContain(value.slice(2, 12));
  });
});

describe('httpAddress', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://localhost:8080'],
    ['::1', 'http://[::1]:8080'],
  ])('%s is found at %s', (host, address) => {
    expect(httpAddress(host, 8080)).toBe(address);
  });
});
