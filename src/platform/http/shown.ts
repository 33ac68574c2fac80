const texts = new WeakMap<object, string>();

/**
 * Remembers what is shown of a source, and its JSON text, for as long as the source is remembered: pages are asked for
 * again and again, and turning their items into text costs more than all else. `at` tells apart sources that say the same.
 */
export const remembersShown = <Source extends object, Item extends object>(
  show: (source: Source, at: string) => Item,
): ((source: Source, at: string) => Item) => {
  const shown = new WeakMap<Source, { readonly at: string; readonly item: Item }>();
  return (source, at) => {
    const known = shown.get(source);
    if (known?.at === at) return known.item;
    const item = show(source, at);
    texts.set(item, JSON.stringify(item));
    shown.set(source, { at, item });
    return item;
  };
};

const textOf = (item: object): string => texts.get(item) ?? JSON.stringify(item);

/** An answer's JSON text; that of a page is put together from what is remembered of its items. */
export const answerText = (answer: object): string => {
  const { items, ...rest } = answer as { readonly items?: readonly object[] };
  if (!Array.isArray(items) || Object.keys(answer)[0] !== 'items') return JSON.stringify(answer);
  const others = JSON.stringify(rest).slice(1);
  return `{"items":[${items.map(textOf).join(',')}]${others === '}' ? '' : ','}${others}`;
};
