import { Matches } from 'class-validator';

export class AttestationPath {
  /** @example 2026-11 */
  @Matches(/^[A-Za-z0-9-]{1,32}$/)
  version!: string;
}

export class AttestationView {
  readonly version!: string;
  /** The representation of good faith, word for word (R26). */
  readonly goodFaith!: string;
  /** The agreement to defend and hold harmless, word for word (R27). */
  readonly indemnity!: string;
  /** The SHA-256, in hex, of version and both statements, each followed by a line feed, in UTF-8. */
  readonly sha256!: string;
}
