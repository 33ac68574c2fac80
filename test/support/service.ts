import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CryptoKey } from 'jose';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { Subject } from './process.js';

const ISSUER = 'https://id.example';
const AUDIENCE = 'relationships';
const HOUR_S = 3_600;

/** An identity provider: its keys are in a file, and it issues whatever token a test asks for. */
export class Issuer {
  private constructor(
    readonly file: string,
    private readonly key: CryptoKey,
  ) {}

  static async in(folder: string): Promise<Issuer> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA');
    const file = join(folder, 'keys.json');
    await writeFile(file, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
    return new Issuer(file, privateKey);
  }

  /** Signs these claims; `undefined` leaves one out. */
  sign(claims: Record<string, unknown>, key = this.key): Promise<string> {
    const exp = Math.floor(Date.now() / 1_000) + HOUR_S;
    const all = { iss: ISSUER, aud: AUDIENCE, exp, ...claims };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(given).setProtectedHeader({ alg: 'EdDSA' }).sign(key);
  }

  get environment(): Record<string, string> {
    return { AUTH_PUBLIC_KEYS: this.file, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE };
  }
}

/** The key that the personal links of services under test are derived with. */
export const LINK_KEY = { id: 'test', key: Buffer.alloc(32, 7) };

/** As the image and `npm start` run it. */
const YOUNG_GENERATION = '--max-semi-space-size=64';

export interface Service extends Subject {
  readonly url: string;
}

/** The built service in a process of its own, ready to be called. */
export const startService = async (env: Record<string, string>): Promise<Service> => {
  const secrets = `${LINK_KEY.id}:${LINK_KEY.key.toString('base64url')}`;
  const subject = Subject.start(process.execPath, [YOUNG_GENERATION, join(process.cwd(), 'dist/src/main.js')], {
    PORT: '0',
    BANNER: 'json',
    SECRET_KEYS: secrets,
    LOG_LEVEL: 'warn',
    ...env,
  });
  const { url } = await subject.line((line) => (line.startsWith('{') ? (JSON.parse(line) as { url: string }) : null));
  return Object.assign(subject, { url });
};
