import type { Persona } from './access/development-issuer.js';
import { renderBanner } from './banner.js';
import type { Config } from './platform/config/config.js';
import { httpAddress } from './platform/config/config.js';

/** Says on standard output that the service is ready: for people what to paste next, for programs one JSON line. */
export const announce = ({ host, port }: Config, tokens: Record<Persona, string> | null): void => {
  const url = httpAddress(host, port);
  const forPeople = process.env['BANNER'] === 'text' || (process.stdout.isTTY && process.env['BANNER'] !== 'json');
  const line = JSON.stringify({ ready: true, url, pid: process.pid, ...(tokens && { tokens }) });
  process.stdout.write(`${forPeople ? renderBanner({ url, tokens }) : line}\n`);
};
