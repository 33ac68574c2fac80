import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min, ValidateBy } from 'class-validator';
import { decodeCursor, encodeCursor } from './cursor.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export class ReadQuery {
  /**
   * The `position` a command answered: the answer then holds that command's effect. Waits two seconds at most.
   * @example 12345
   */
  @IsOptional()
  @Matches(/^\d{1,20}$/, { message: 'minPosition must be the position that a command answered' })
  minPosition?: string;
}

export class PageQuery extends ReadQuery {
  /** How many at most. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;
}

/** A cursor that an answer of the same list gave as `next`. */
export const IsCursorOf = (isOurs: (last: string) => boolean) =>
  ValidateBy({
    name: 'isCursor',
    validator: {
      validate: (cursor) => typeof cursor === 'string' && isOurs(decodeCursor(cursor) ?? ''),
      defaultMessage: () => "cursor must be an answer's `next`, of the same list and sort",
    },
  });

export class Page {
  /** The cursor of the next page; null on the last one. */
  readonly next!: string | null;
  /** How far the log had been looked at; also the header Read-Position. */
  readonly position!: string;
}

/** The position asked for; null for none. */
export const minPositionOf = ({ minPosition }: ReadQuery): bigint | null =>
  minPosition === undefined ? null : BigInt(minPosition);

/** The member that the page begins after; the empty string for the beginning. */
export const afterOf = ({ cursor }: { readonly cursor?: string }): string =>
  cursor === undefined ? '' : (decodeCursor(cursor) ?? '');

/** One more than a page was read to see whether there is another. */
export const cut = <T>(found: readonly T[], limit: number, lastOf: (one: T) => string) => {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: last !== undefined && found.length > limit ? encodeCursor(lastOf(last)) : null };
};
