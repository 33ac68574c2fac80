import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './caller.js';
import { anInvitation } from './commands.js';
import { EVERYTHING, auditOf, cursors } from './cursors.js';
import { quantile } from './pace.js';
import type { Authorization } from './people.js';

interface Acknowledged {
  readonly position: string;
  readonly invitation: { readonly invitationId: string };
}

/** Milliseconds from a command's acknowledgement until its entry stands in the answer to a query with `minPosition`. */
const visibleAfter = async (url: string, partnerId: string, who: Authorization): Promise<number> => {
  const { text } = await call(url, anInvitation(partnerId, who));
  const acknowledged = performance.now();
  const { position, invitation } = JSON.parse(text) as Acknowledged;
  const cursor = cursors.next(auditOf(partnerId), EVERYTHING, (BigInt(position) - 1n).toString());
  const path = `/v1/partners/${partnerId}/audit?minPosition=${position}&limit=1&cursor=${cursor}`;
  const page = await call(url, { method: 'GET', path, headers: who });
  const ms = performance.now() - acknowledged;
  if (!page.text.includes(invitation.invitationId)) throw new Error(`Not in the answer: ${page.status} ${page.text}`);
  return ms;
};

/** Sends so many commands a second at even distances, whatever they take, each followed by the query. */
export const visibility = async (
  url: string,
  agents: ReadonlyMap<string, Authorization>,
  perSecond: number,
  seconds: number,
): Promise<{ p50: number; p99: number; count: number }> => {
  const partners = [...agents];
  const asked: Promise<number>[] = [];
  const began = performance.now();
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const wait = began + (count * 1_000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    asked.push(visibleAfter(url, ...(partners[count % partners.length] as [string, Authorization])));
  }
  const took = await Promise.all(asked);
  const measured = took.slice(Math.floor(took.length / 5));
  return { p50: quantile(measured, 0.5), p99: quantile(measured, 0.99), count: measured.length };
};
