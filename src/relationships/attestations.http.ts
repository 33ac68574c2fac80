import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { AttestationPath, AttestationView } from './attestation.dto.js';
import { attestationOf, currentAttestation } from './attestation.js';

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
