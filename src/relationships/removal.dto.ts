import { IsBoolean, IsIn, IsISO8601, IsString, Matches, ValidateIf } from 'class-validator';
import { MayBeLeftOut } from '../platform/http/left-out.js';
import type { TerminationNotice } from './relationship.events.js';

/** A day of the calendar, and nothing more exact. */
export const DAY = /^\d{4}-\d\d-\d\d$/;
export const DAY_MESSAGE = { message: '$property must be a day such as 2026-11-30' };

export class AttestationBody {
  /** @example 2026-11 */
  @IsString()
  version!: string;

  /**
   * The representation of good faith, word for word (R26).
   * @example "By removing this reseller relationship, the partner represents that …"
   */
  @IsString()
  goodFaith!: string;

  /**
   * The agreement to defend and hold harmless, word for word (R27).
   * @example "The partner agrees to defend the vendor and hold it harmless …"
   */
  @IsString()
  indemnity!: string;

  /**
   * The SHA-256 of these words, in hex. The event keeps it whether it is stated or not.
   * @example "72cf445e91851634e23a06a270992570d3f80de7f2e9a4dee52bee6470bf706f"
   */
  @MayBeLeftOut()
  @Matches(/^[0-9a-f]{64}$/)
  sha256?: string;
}

export class NoticeBody {
  /** Whether the agreement requires legal notice of termination (R28). */
  @IsBoolean()
  required!: boolean;

  /** To whom it is required; null when it is not. */
  @ValidateIf((_, value) => value !== null)
  @IsIn(['customer', 'partner'])
  to!: 'customer' | 'partner' | null;

  /** Whether it was given. This service gives none (R29). */
  @IsBoolean()
  given!: boolean;

  /**
   * The day by which it is due.
   * @example 2026-11-30
   */
  @MayBeLeftOut()
  @Matches(DAY, DAY_MESSAGE)
  @IsISO8601({ strict: true })
  dueBy?: string;
}

/** What was stated of the legal notice (R28). */
export class StatedNoticeView extends NoticeBody {
  /** Always false: this service gives none (R29). */
  generatedByThisService!: boolean;
}

export class PrivilegesStatusView {
  /** in-force, revoked or none-recorded. */
  status!: string;
  since?: string;
  revokedAt?: string;
  /** The id of the event that says so. */
  basis!: string | null;
  asOfRevision!: string | null;
}

/** As the event keeps it. */
export const noticeFrom = ({ required, to, given, dueBy }: NoticeBody): TerminationNotice => ({
  ...{ required, to, given },
  ...(dueBy === undefined ? {} : { dueBy }),
});
