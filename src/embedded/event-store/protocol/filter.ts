import { streamNameOf } from '../codec/event-frame.js';
import { GenerationalCache } from '../log/generational-cache.js';
import type { EventLog } from '../log/event-log.js';
import type { StoredEvent } from '../log/model.js';
import { invalidArgument } from './errors.js';
import type { FilterOptions } from './requests/filter-options.js';

const CACHED_HALF = 10_000;
const CASE_BLIND = '(?i)';

export type EventFilter = (event: StoredEvent) => boolean;

/**
 * Makes a filter that judges each type and each stream once.
 * @throws RpcError when the regular expression is not one
 */
export function compileFilter(options: FilterOptions, log: Pick<EventLog, 'types'>): EventFilter {
  const matches = compileText(options);
  const judged = new GenerationalCache<number, boolean>(CACHED_HALF);
  const byType = options.on === 'type';
  return (event) => {
    const key = byType ? event.typeId : event.streamId;
    const known = judged.get(key);
    if (known !== undefined) return known;
    const verdict = matches(byType ? log.types.nameOf(event.typeId) : streamNameOf(event.frame));
    judged.set(key, verdict);
    return verdict;
  };
}

/** The test of a name; regular expressions are not anchored, as in .NET. */
export function compileText({ regex, prefixes }: Pick<FilterOptions, 'regex' | 'prefixes'>): (name: string) => boolean {
  if (regex === '') return (name) => prefixes.some((prefix) => name.startsWith(prefix));
  const expression = compileRegex(regex);
  return (name) => expression.test(name);
}

function compileRegex(regex: string): RegExp {
  const blind = regex.startsWith(CASE_BLIND);
  try {
    return new RegExp(blind ? regex.slice(CASE_BLIND.length) : regex, blind ? 'i' : '');
  } catch (error) {
    throw invalidArgument(`The filter is not a regular expression: ${(error as Error).message}`);
  }
}
