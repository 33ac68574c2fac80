import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Allow } from '../access/access.js';
import { attestationOf, currentAttestation } from './attestation.js';

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

@ApiTags('relationships')
@Controller('v1/attestations')
export class AttestationsController {
  /** The attestation to state word for word when removing a relationship (R26, R27). */
  @Get('current')
  @Allow('partner', 'customer', 'service', 'auditor')
  current(): AttestationView {
    return currentAttestation();
  }

  /** A version of the attestation, whether current or past: its words never change (R26, R27). */
  @Get(':version')
  @Allow('partner', 'customer', 'service', 'auditor')
  version(@Param() { version }: AttestationPath): AttestationView {
    return attestationOf(version);
  }
}
