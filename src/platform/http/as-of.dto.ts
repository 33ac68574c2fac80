import { IsOptional, ValidateBy } from 'class-validator';
import type { Moment } from '../../kernel/moment.js';

const POSITION = /^\d{1,20}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** The moment that a parameter names: a position in the log, or a time with its zone; null for anything else. */
export const momentFrom = (text: string): Moment | null => {
  if (POSITION.test(text)) return { position: BigInt(text) };
  return TIME.test(text) && !Number.isNaN(Date.parse(text)) ? { time: new Date(text).toISOString() } : null;
};

/** A parameter that names a moment. */
export const IsMoment = () =>
  ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (text) => typeof text === 'string' && momentFrom(text) !== null,
      defaultMessage: () =>
        '$property must be a position in the log, or a time such as 2026-11-01T10:00:00Z with its zone',
    },
  });

export class AsOfQuery {
  /**
   * The moment asked about: a position in the log, or the time by which the event store had recorded. Now when left out.
   * @example 2026-11-01T10:00:00Z
   */
  @IsOptional()
  @IsMoment()
  asOf?: string;
}
