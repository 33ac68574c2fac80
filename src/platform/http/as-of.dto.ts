import { IsOptional, ValidateBy } from 'class-validator';
import type { Moment } from '../../kernel/moment.js';

const POSITION = /^\d{1,20}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Whether the calendar has the day that the text begins with: there is no 30 February to be taken for 2 March. */
const isInCalendar = (text: string): boolean => {
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
};

const isTime = (text: string): boolean => TIME.test(text) && !Number.isNaN(Date.parse(text)) && isInCalendar(text);

/** A day (its beginning, in UTC), or a time with its zone. */
export const isDayOrTime = (value: unknown): value is string =>
  typeof value === 'string' && (DAY.test(value) ? isInCalendar(value) : isTime(value));

/** A field that holds a day or a time, and says so where it does not. */
export const IsDayOrTime = () =>
  ValidateBy({
    name: 'isDayOrTime',
    validator: {
      validate: isDayOrTime,
      defaultMessage: () =>
        '$property must be a day such as 2026-11-01, or a time such as 2026-11-01T10:00:00Z with its zone',
    },
  });

/** The moment that a parameter names: a position in the log, or a time with its zone; null for anything else. */
export const momentFrom = (text: string): Moment | null => {
  if (POSITION.test(text)) return { position: BigInt(text) };
  return isTime(text) ? { time: new Date(text).toISOString() } : null;
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
