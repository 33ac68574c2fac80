import type { Figures } from './figures.js';
import type { Accepting } from './commands.js';
import type { Authorization } from './people.js';
import type { Plan } from './plan.js';
import type { Stage } from './stage.js';

/** What every part of a run works with, and what it has found out so far. */
export interface Run {
  readonly stage: Stage;
  readonly plan: Plan;
  readonly agents: ReadonlyMap<string, Authorization>;
  readonly prepared: readonly Accepting[];
  readonly figures: Figures;
}

/** The partner with many customers; the others invite. */
export const BIG = 'big';
export const PARTNERS = Array.from({ length: 10 }, (_, n) => `partner-${n}`);

/** The partner whose list is so long. */
export const listOf = (customers: number): string => `list-${customers}`;

/** Does all of this so many times in turn: what disturbs one disturbs the others. */
export const inTurns = async (turns: number, ...works: (() => Promise<void>)[]): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) for (const work of works) await work();
};
