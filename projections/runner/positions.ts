import { Injectable } from '@nestjs/common';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { ReadModelUnavailable } from '../../src/platform/redis/errors.js';
import type { Projector } from './projector.js';

/** How long a query waits for its minPosition, in milliseconds. */
export const PATIENCE_MS = 2_000;

export interface ReadModelStatus {
  readonly name: string;
  readonly position: string | null;
  /** Its function failed on an event: it stands still. */
  readonly halted: boolean;
  /** An idle model takes a step every second too. */
  readonly secondsSinceStep: number;
}

/** How far each read model is, so that a caller can read its own writes. */
@Injectable()
export class Positions {
  constructor(private readonly projectors: readonly Projector[]) {}

  /**
   * Waits until the read model has looked at everything up to `minPosition`, at once when none is given.
   * @throws ReadModelUnavailable after two seconds
   */
  async reached(readModel: string, minPosition: bigint | null): Promise<void> {
    if (minPosition === null) return;
    const reached = this.of(readModel).position.pipe(
      filter((position) => position !== null && position >= minPosition),
      timeout({ first: PATIENCE_MS }),
    );
    await firstValueFrom(reached).catch((late: unknown) => {
      throw new ReadModelUnavailable('read-model-late', late);
    });
  }

  /** How each read model is doing, for those who watch over it. */
  status(): ReadModelStatus[] {
    return this.projectors.map(({ model, position, halted, steppedAt }) => ({
      name: model.name,
      position: position.value?.toString() ?? null,
      halted,
      secondsSinceStep: Math.round((Date.now() - steppedAt) / 1_000),
    }));
  }

  private of(readModel: string): Projector {
    const found = this.projectors.find(({ model }) => model.name === readModel);
    if (!found) throw new TypeError(`There is no read model ${readModel}.`);
    return found;
  }
}
