import type { Plain } from './plain.js';
import type { Witness } from './witness.js';

/** What a witness does and sees, under the names of the recording. */
export type Scenarios = Readonly<Record<string, (witness: Witness) => Promise<unknown>>>;

/** Several things seen one after the other. */
export async function inTurn(...steps: (() => Promise<Plain>)[]): Promise<Plain[]> {
  const out: Plain[] = [];
  for (const step of steps) out.push(await step());
  return out;
}

/** Scenarios that differ in one value, each under its own name. */
export function each<T>(
  values: readonly (readonly [label: string, value: T])[],
  scenario: (label: string, value: T) => Scenarios,
): Scenarios {
  return Object.assign({}, ...values.map(([label, value]) => scenario(label, value))) as Scenarios;
}
