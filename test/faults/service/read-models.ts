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

/** A page shows what the log says up to the page's position, and no page is older than the one before. */
export const expectRightForTheirPosition = (shown: readonly Shown[], log: readonly Logged[], limit: number): void => {
  for (const { path, position, items } of shown) {
    const known = log.filter((event) => event.position <= position);
    const expected = LISTS.get(path)?.(known).slice(0, limit);
    expect({ path, items }).toMatchObject({ path, items: expected });
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
