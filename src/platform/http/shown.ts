const SHOWN = Symbol('what is shown of it');
const TEXT = Symbol('its JSON text');

/** What was read, with what is shown of it once that was asked for. */
interface Source<Item> {
  [SHOWN]?: { readonly at: string; readonly item: Item };
}

interface Written {
  [TEXT]?: string;
}

/**
 * Keeps what is shown of a source, and its JSON text, with the source, for as long as that is remembered: pages are asked
 * for again and again, and turning their items into text costs more than all else. `at` tells apart sources that say the
 * same. In properties, because a WeakMap of thousands costs every collection of garbage.
 */
export const remembersShown =
  <From extends object, Item extends object>(show: (source: From, at: string) => Item) =>
  (source: From & Source<Item>, at: string): Item => {
    const known = source[SHOWN];
    if (known?.at === at) return known.item;
    const item = show(source, at);
    Object.defineProperty(item, TEXT, { value: JSON.stringify(item) });
    source[SHOWN] = { at, item };
    return item;
  };

const textOf = (item: Written): string => item[TEXT] ?? JSON.stringify(item);

/** An answer's JSON text; that of a page is put together from what is remembered of its items. */
export const answerText = (answer: object): string => {
  const { items, ...rest } = answer as { readonly items?: readonly object[] };
  if (!Array.isArray(items) || Object.keys(answer)[0] !== 'items') return JSON.stringify(answer);
  const others = JSON.stringify(rest).slice(1);
  return `{"items":[${items.map(textOf).join(',')}]${others === '}' ? '' : ','}${others}`;
};
