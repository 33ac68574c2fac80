import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const LONGEST_CURSOR = 4_096;

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
  @Max(MAX_LIMIT)
  @Min(1)
  @IsInt()
  limit: number = DEFAULT_LIMIT;

  /** An answer's `next`: good for the same path, sort and filter. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_CURSOR)
  cursor?: string;
}

export class Page {
  /** The cursor of the next page; null on the last one. */
  readonly next!: string | null;
  /** How far the log had been looked at; also the header Read-Position. */
  readonly position!: string;
}

/** The position asked for; null for none. */
export const minPositionOf = ({ minPosition }: ReadQuery): bigint | null =>
  minPosition === undefined ? null : BigInt(minPosition);

/** One more than a page was read to see whether there is another: then `next` is the place that it begins after. */
export const cut = <T>(found: readonly T[], limit: number, lastOf: (one: T) => string) => {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: last !== undefined && found.length > limit ? lastOf(last) : null };
};
