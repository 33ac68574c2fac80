import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsFQDN, IsIn, IsOptional, Length, ValidateBy } from 'class-validator';
import { isDayOrTime } from '../platform/http/as-of.dto.js';
import { IsOneLine, NoLinkSecret } from '../platform/http/free-text.js';
import { CustomerPath } from '../platform/http/ids.dto.js';
import { FieldProblem, Problem } from '../platform/http/problem.js';
import type { Portal } from '../relationships/relationship.events.js';
import { PORTALS } from '../relationships/relationship.events.js';

/** A day or a moment in ISO 8601 as a moment in UTC; anything else as it is. */
const toMoment = (value: unknown): unknown => (isDayOrTime(value) ? new Date(value) : value);

const isPast = (value: unknown): boolean =>
  value instanceof Date && value.getTime() >= 0 && value.getTime() <= Date.now();

/** A customer that a portal shows already (R4). */
export class ExistingCustomerRow extends CustomerPath {
  /** @example Fabrikam */
  @Length(1, 200)
  @IsOneLine()
  @NoLinkSecret()
  name!: string;

  /** @example fabrikam.example */
  @IsFQDN()
  domain!: string;

  /** Where it is shown. */
  @IsIn(PORTALS)
  portal!: Portal;

  /**
   * Since when the portal shows it: a day or a moment, from 1970 to now.
   * @example 2021-03-01
   */
  @IsOptional()
  @Transform(({ value }) => toMoment(value))
  @ValidateBy({
    name: 'isPast',
    validator: { validate: isPast, defaultMessage: () => 'since must be an ISO 8601 day or moment from 1970 to now' },
  })
  since?: Date | null;
}

export const ROW_OUTCOMES = ['established', 'already-there', 'refused'] as const;

/** One row's answer. The answers stand in the order of the rows. */
export class ImportedRow {
  /** The number of the line in the body, from 1; empty lines are counted, and not answered. */
  row!: number;

  /** Null where the row names none. */
  customerId!: string | null;

  @ApiProperty({ enum: ROW_OUTCOMES, example: 'established' })
  outcome!: (typeof ROW_OUTCOMES)[number];

  /** Where the relationship stands in the log; for a row that is not refused. */
  position?: string;

  /** Stable, like a problem's; for a refused row, as are all that follow. */
  code?: string;
  detail?: string;
  /** The first field that is wrong. */
  pointer?: string;
  /** Every field that is wrong. */
  errors?: FieldProblem[];
  rule?: string;
  state?: string;
  next?: string;
  /** True when nothing is wrong with the row: repeat the import with the same key. */
  retry?: boolean;
}

export class ImportSummary {
  established!: number;
  alreadyThere!: number;
  refused!: number;
  /** Give it to a query as `minPosition` to read the whole import. */
  position!: string;
}

/** The last line. */
export class ImportEnd {
  summary!: ImportSummary;
  /** Why not every row was read, when that is so. */
  problem?: Problem;
}
