import type { Api } from '../../support/api.js';
import { waitFor } from '../../support/wait.js';
import type { Logged } from './fold.js';
import { customersOf, invitationsOf, residualsIn, trailOf } from './fold.js';
import { PARTNERS } from './story.js';
import type { World } from './world.js';

export type Item = Record<string, unknown>;
type Fold = (log: readonly Logged[]) => readonly object[];

const ofPartner = (partnerId: string): [string, Fold][] => [
  [`/v1/partners/${partnerId}/customers`, (log) => customersOf(log, partnerId)],
  [
    `/v1/partners/${partnerId}/residual-privileges`,
    (log) => residualsIn(log).filter((residual) => residual.partnerId === partnerId),
  ],
  [`/v1/partners/${partnerId}/audit`, (log) => trailOf(log).filter(({ partnerIds }) => partnerIds.includes(partnerId))],
];

/** Every list that an auditor can read, and what it has to show after some events. */
export const LISTS: ReadonlyMap<string, Fold> = new Map([
  ...PARTNERS.flatMap(ofPartner),
  ['/v1/residual-privileges', residualsIn],
  ['/v1/audit', trailOf],
]);

/** One list as it was answered, up to the page's limit. */
export interface Shown {
  readonly path: string;
  readonly askedAt: number;
  readonly position: bigint;
  readonly items: readonly Item[];
}

/** Read from several shards, each of which may be ahead of the one that is the furthest behind. */
const MERGED = '/v1/residual-privileges';

/** What the log said at the page's position and says still is there, and all that is there is in the log. */
const expectNothingMissing = (
  { items }: Shown,
  known: readonly Logged[],
  log: readonly Logged[],
  limit: number,
): void => {
  const keyOf = (one: object) => JSON.stringify([(one as Item)['basis'], (one as Item)['removedAt']]);
  const [still, found] = [residualsIn(log).map(keyOf), items.map(keyOf)];
  const lasting = residualsIn(known)
    .map(keyOf)
    .filter((key) => still.includes(key));
  if (items.length < limit) expect(found).toEqual(expect.arrayContaining(lasting));
  for (const { removedAt } of items)
    expect(log.some(({ type, data }) => type === 'RelationshipRemoved' && data['at'] === removedAt)).toBe(true);
};

/**
 * A page of one shard shows what the log says up to the page's position; one of several shows that at least. No page is
 * older than the one before.
 */
export const expectRightForTheirPosition = (shown: readonly Shown[], log: readonly Logged[], limit: number): void => {
  for (const one of shown) {
    const { path, position, items } = one;
    const known = log.filter((event) => event.position <= position);
    if (path === MERGED) expectNothingMissing(one, known, log, limit);
    else expect({ path, items }).toMatchObject({ path, items: LISTS.get(path)?.(known).slice(0, limit) });
  }
  for (const path of LISTS.keys()) {
    const positions = shown.filter((one) => one.path === path).map(({ position }) => position);
    expect({ path, older: positions.filter((position, at) => position < (positions[at - 1] ?? 0n)) }).toEqual({
      path,
      older: [],
    });
  }
};

/** What is read over HTTP, all pages of it, equals a plain fold over the log. */
export const expectReadModelsToEqual = async (log: readonly Logged[], world: World): Promise<void> => {
  const auditor = await world.auditor();
  for (const [path, fold] of LISTS) {
    const items = await everyPage(auditor, path, log.at(-1)?.position ?? 0n);
    expect({ path, items }).toMatchObject({ path, items: fold(log) });
  }
};

/** The lists of invitations, by what has become of them; in any order. */
export const expectInvitationsToEqual = async (log: readonly Logged[], world: World): Promise<void> => {
  const auditor = await world.auditor();
  for (const partnerId of PARTNERS)
    for (const status of ['open', 'accepted', 'declined', 'cancelled']) {
      const path = `/v1/partners/${partnerId}/invitations`;
      const items = await everyPage(auditor, path, log.at(-1)?.position ?? 0n, `&status=${status}`);
      const inOrder = items.sort((one, other) => (`${one['invitationId']}` < `${other['invitationId']}` ? -1 : 1));
      expect({ path, status, items: inOrder }).toMatchObject({
        path,
        status,
        items: invitationsOf(log, partnerId, status),
      });
    }
};

/** Every page of a list that has seen the log up to `minPosition`; 503 is asked again. */
const everyPage = async (api: Api, path: string, minPosition: bigint, filter = ''): Promise<Item[]> => {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await onePage(
      api,
      `${path}?limit=200&minPosition=${minPosition}${filter}${cursor && `&cursor=${cursor}`}`,
    );
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
};

const onePage = async (api: Api, path: string): Promise<{ items: Item[]; next: string | null }> => {
  let page: { items: Item[]; next: string | null } | null = null;
  const answered = async () => {
    const { status, body } = await api.get(path);
    if (status !== 200 && status !== 503) throw new Error(`GET ${path} was answered ${status} ${JSON.stringify(body)}`);
    page = status === 200 ? body : null;
    return page !== null;
  };
  await waitFor(answered, { ms: 15_000, what: `GET ${path} is answered` });
  return page as never;
};
