import type { Api } from '../../support/api.js';
import { waitFor } from '../../support/wait.js';
import { PARTNERS } from './flow.fixture.js';
import type { Logged, World } from './world.fixture.js';

type Item = Record<string, unknown>;

/** What each partner's list must show: written here from the rules alone, over the log as it is. */
const foldLists = (log: readonly Logged[]): Map<string, Item[]> => {
  const customers = new Map<string, Item>();
  const privileges = new Map<string, string>();
  for (const { type, data } of log) {
    const pair = `${data.partnerId}~${data.customerId}`;
    if (type === 'RelationshipEstablished') {
      const { partnerId, customerId, role, origin, customer, at: since } = data;
      customers.set(pair, { partnerId, customerId, ...customer, role, origin, since });
    }
    if (type === 'RelationshipRemoved') customers.delete(pair);
    if (type === 'DelegatedAdminPrivilegesGranted') privileges.set(pair, 'in-force');
    if (type === 'DelegatedAdminPrivilegesRevoked') privileges.set(pair, 'revoked');
  }
  const listed = [...customers].map(([pair, customer]) => ({ ...customer, privileges: privileges.get(pair) }) as Item);
  const byName = listed.sort((a, b) => (String(a['name']).toLowerCase() < String(b['name']).toLowerCase() ? -1 : 1));
  return new Map(
    PARTNERS.map((partner) => [
      partner,
      byName.filter(({ partnerId }) => partnerId === partner).map(({ partnerId: _, ...item }) => item),
    ]),
  );
};

const concerns = (partner: string, { data }: Logged): boolean =>
  data.partnerId === partner || data.partnerIds?.includes(partner) === true;

const entry = ({ id, type, stream, revision, position, data, metadata }: Logged): Item => ({
  eventId: id,
  type,
  stream,
  revision: String(revision),
  position: String(position),
  at: data.at,
  subject: metadata.actor.subject,
});

/** Everything that a paged query finds. */
const allPages = async (api: Api, path: string, query: string): Promise<Item[]> => {
  const all: Item[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await api.get(`${path}?limit=200&${query}${cursor}`);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    all.push(...body.items);
    if (!body.next) return all;
    cursor = `&cursor=${encodeURIComponent(body.next as string)}`;
  }
};

const readEntry = ({ eventId, type, stream, revision, position, at, actor }: Item): Item => {
  const { subject } = actor as { subject: string };
  return { eventId, type, stream, revision, position, at, subject };
};

/** Checks every list and every trail against the log. */
export const expectReadModelsToEqualTheLog = async (world: World): Promise<void> => {
  const log = await world.log();
  const upTo = `minPosition=${log.at(-1)?.position}`;
  const lists = foldLists(log);
  const auditor = await world.auditor();
  await waitFor(async () => (await auditor.get(`/v1/audit?limit=1&${upTo}`)).status === 200, { what: 'it catches up' });
  for (const partner of PARTNERS) {
    expect(await allPages(auditor, `/v1/partners/${partner}/customers`, upTo)).toEqual(lists.get(partner));
    const trail = (await allPages(auditor, `/v1/partners/${partner}/audit`, upTo)).map(readEntry);
    expect(trail).toEqual(log.filter((event) => concerns(partner, event)).map(entry));
  }
  expect((await allPages(auditor, '/v1/audit', upTo)).map(readEntry)).toEqual(log.map(entry));
};

/** Checks that what was acknowledged is in the log once; and with `exactly`, that nothing else is. */
export const expectOnce = (
  log: readonly Logged[],
  acknowledged: ReadonlyMap<string, readonly string[]>,
  { exactly }: { exactly: boolean },
): void => {
  const found = new Map<string, string[]>();
  for (const { stream, type } of log) found.set(stream, [...(found.get(stream) ?? []), type]);
  for (const [stream, types] of found) expect([stream, types]).toEqual([stream, [...new Set(types)]]);
  for (const [stream, types] of acknowledged)
    expect([stream, found.get(stream)?.slice(0, types.length)]).toEqual([stream, types]);
  if (exactly) expect(Object.fromEntries(found)).toEqual(Object.fromEntries(acknowledged));
};
