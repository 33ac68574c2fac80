import type { Change } from './change.js';
import type { ReadModel } from './changes.js';
import { documentModel, logModel } from './changes.js';
import type { Fact, KnownEvent } from './event-types.js';
import { history } from './history.fixture.js';
import { shardsOf } from './owners.js';
import type { DocumentKey, DocumentProjection, LogProjection } from './projection.js';
import { ALL_SHARDS } from './shard.js';

const nameOf = ({ group, id }: DocumentKey): string => `${group}/${id}`;

/** A store of nothing but maps: what the changes of a read model come to. */
class Shelf {
  readonly documents = new Map<string, string>();
  readonly indexes = new Map<string, Set<string>>();
  readonly log = new Map<bigint, string>();

  readonly read = async (keys: readonly DocumentKey[]) => keys.map((key) => this.documents.get(nameOf(key)) ?? null);

  apply(changes: readonly Change[]): void {
    for (const change of changes) this.applyOne(change);
  }

  private list(name: string): Set<string> {
    const list = this.indexes.get(name) ?? new Set();
    this.indexes.set(name, list);
    return list;
  }

  private applyOne(change: Change): void {
    switch (change.do) {
      case 'put':
        return void this.documents.set(nameOf(change.key), change.packed);
      case 'drop':
        return void this.documents.delete(nameOf(change.key));
      case 'enter':
        return void this.list(change.entry.index).add(change.entry.member);
      case 'leave':
        return void this.list(change.entry.index).delete(change.entry.member);
      case 'append':
        this.log.set(change.position, change.packed);
        for (const list of change.lists) this.list(list).add(change.position.toString());
        return;
      case 'refer':
        this.list(change.list).add(change.position.toString());
    }
  }
}

const listsOf = ({ indexes }: Shelf) => [...indexes].filter(([, members]) => members.size > 0);

/** A store of all shards. */
class Shelves {
  readonly byShard = ALL_SHARDS.map(() => new Shelf());

  /** What each shard holds. */
  contents() {
    return this.byShard.map((shelf) => ({
      documents: [...shelf.documents].sort(),
      lists: listsOf(shelf)
        .map(([name, members]) => [name, [...members].sort()])
        .sort(),
      log: [...shelf.log],
    }));
  }

  /** The lists of all shards. */
  lists(): Record<string, readonly string[]> {
    const all = new Map<string, string[]>();
    for (const [name, members] of this.byShard.flatMap(listsOf))
      all.set(name, [...(all.get(name) ?? []), ...members].sort());
    return Object.fromEntries(all);
  }

  /** The entries of all shards, each once. */
  entries(): readonly string[] {
    const all = new Map(this.byShard.flatMap(({ log }) => [...log]));
    return [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, packed]) => packed);
  }

  /** The documents by `group/id`; what several shards keep of one is put together. */
  documents<Doc>(unpack: (packed: string) => Doc): Record<string, Doc> {
    const all = new Map<string, Doc>();
    for (const [name, packed] of this.byShard.flatMap(({ documents }) => [...documents]))
      all.set(name, together(all.get(name), unpack(packed)));
    return Object.fromEntries(all);
  }
}

const together = <Doc>(one: Doc | undefined, other: Doc): Doc =>
  one instanceof Map && other instanceof Map ? (new Map([...one, ...other]) as Doc) : other;

const deliver = async (model: ReadModel, batches: readonly (readonly Fact[])[]): Promise<Shelves> => {
  const shelves = new Shelves();
  for (const batch of batches)
    for (const [shard, shelf] of shelves.byShard.entries()) {
      const routed = batch.filter((fact) => shardsOf(fact).has(shard));
      shelf.apply(await model.changes(shard, routed, shelf.read));
    }
  return shelves;
};

/** The events in one batch, each in its own, every one twice, and cut in two at every point: always the same comes out. */
const shelfAfter = async (model: ReadModel, events: readonly KnownEvent[]): Promise<Shelves> => {
  const facts = history(events);
  const shelf = await deliver(model, [facts]);
  const expected = shelf.contents();
  const cuts = facts.map((_, at) => [facts.slice(0, at), facts.slice(at)]);
  const twice = facts.flatMap((fact) => [fact, fact]);
  for (const batches of [[twice], twice.map((fact) => [fact]), ...cuts])
    expect((await deliver(model, batches)).contents()).toEqual(expected);
  return shelf;
};

/** Given these events, the documents are those, by `group/id`, and the lists hold these members. */
export const given = <Doc>(projection: DocumentProjection<Doc>, events: readonly KnownEvent[]) => {
  const shelf = shelfAfter(documentModel(projection), events);
  return {
    then: async (expected: Readonly<Record<string, Doc>>) => {
      expect((await shelf).documents(projection.unpack)).toEqual(expected);
    },
    thenListed: async (expected: Readonly<Record<string, readonly string[]>>) =>
      expect((await shelf).lists()).toEqual(expected),
  };
};

/** Given these events, the entries in log order, as stored and read again. */
export const givenLog = <Entry>(projection: LogProjection<Entry>, events: readonly KnownEvent[]) => {
  const shelf = shelfAfter(logModel(projection), events);
  return {
    entries: async () => (await shelf).entries().map((packed) => projection.unpack(packed)),
    lists: async () => (await shelf).lists(),
  };
};
