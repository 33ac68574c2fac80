import { streamNameOf, typeNameOf } from '../codec/event-frame.js';
import { GenerationalCache } from '../log/generational-cache.js';
import type { StoredEvent } from '../log/model.js';
import { boundedExpression, type NameTest } from './bounded-expression.js';
import { invalidArgument } from './errors.js';
import type { FilterOptions } from './requests/filter-options.js';

const CACHED_HALF = 10_000;
const MOST_PREFIXES = 10_000;

/** Says of each event of a page whether it matches. */
export type EventFilter = (page: readonly StoredEvent[]) => readonly boolean[];

/**
 * Makes a filter that judges each type and each stream once, all that are new in a page together.
 * @throws RpcError when the filter is not one, or takes too long; so does the filter when that shows later
 */
export function compileFilter(options: FilterOptions): EventFilter {
  const test = compileNameTest(options);
  const judged = new GenerationalCache<number | string, boolean>(CACHED_HALF);
  const byType = options.on === 'type';
  const keyOf = (event: StoredEvent) => (byType ? typeNameOf(event.frame) : event.streamId);
  const nameOf = (event: StoredEvent) => (byType ? typeNameOf(event.frame) : streamNameOf(event.frame));
  return (page) => {
    const unknown = new Map<number | string, string>();
    for (const event of page) if (judged.get(keyOf(event)) === undefined) unknown.set(keyOf(event), nameOf(event));
    const verdicts = unknown.size === 0 ? [] : test([...unknown.values()]);
    [...unknown.keys()].forEach((key, index) => judged.set(key, verdicts[index] ?? false));
    return page.map((event) => judged.get(keyOf(event)) ?? false);
  };
}

/** The test of names: by the regular expression, or without one by prefixes. */
export function compileNameTest({ regex, prefixes }: Pick<FilterOptions, 'regex' | 'prefixes'>): NameTest {
  if (regex !== '') return boundedExpression(regex);
  if (prefixes.length > MOST_PREFIXES) throw invalidArgument(`The filter has more than ${MOST_PREFIXES} prefixes.`);
  return (names) => names.map((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}
