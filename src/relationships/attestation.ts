import { Rejection } from '../kernel/rejection.js';

/** What the remover represents (R26) and agrees to (R27), word for word. */
export interface AttestedText {
  readonly version: string;
  readonly goodFaith: string;
  readonly indemnity: string;
}

/** A version of the text with the SHA-256, in hex, of its words. */
export interface AttestationVersion extends AttestedText {
  readonly sha256: string;
}

/** Every version ever in use, the current one last. A version's words are never changed. */
export const ATTESTATIONS: readonly AttestationVersion[] = [
  {
    version: '2026-11',
    goodFaith:
      'By removing this reseller relationship, the partner represents that it acts in good faith, for a legitimate ' +
      'business purpose, and in accordance with its agreement with the customer or partner.',
    indemnity:
      'The partner agrees to defend the vendor and hold it harmless against third-party claims to the contrary.',
    sha256: '72cf445e91851634e23a06a270992570d3f80de7f2e9a4dee52bee6470bf706f',
  },
];

export const currentAttestation = (): AttestationVersion => ATTESTATIONS.at(-1) as AttestationVersion;

/** What the SHA-256 of a version is taken of: version and statements, each on a line of its own, in UTF-8. */
export const attestedWords = ({ version, goodFaith, indemnity }: AttestedText): string =>
  `${version}\n${goodFaith}\n${indemnity}\n`;

/** A version of the text, whether current or past. @throws Rejection `attestation-not-found` */
export const attestationOf = (version: string): AttestationVersion => {
  const text = ATTESTATIONS.find((one) => one.version === version);
  if (text) return text;
  throw new Rejection('not-found', 'attestation-not-found', 'There is no such version of the attestation.', {
    rule: 'R26',
    next: 'Fetch the current text from /v1/attestations/current.',
  });
};

const refuse = (pointer: string, rule: string, message: string): never => {
  throw new Rejection('invalid', 'attestation-not-stated', message, {
    rule,
    pointer,
    state: 'established',
    next: 'Fetch the current text from /v1/attestations/current and state it word for word.',
  });
};

/** Without both statements, word for word, no removal (R26, R27). A hash that is stated too must be theirs. */
export const requireAttestation = (
  stated: AttestedText & { readonly sha256?: string | undefined },
): AttestationVersion => {
  const text = ATTESTATIONS.find(({ version }) => version === stated.version);
  if (!text) return refuse('/attestation/version', 'R26', 'There is no such version of the attestation.');
  if (stated.goodFaith !== text.goodFaith)
    refuse('/attestation/goodFaith', 'R26', 'The representation of good faith is not stated word for word.');
  if (stated.indemnity !== text.indemnity)
    refuse('/attestation/indemnity', 'R27', 'The agreement to defend and hold harmless is not stated word for word.');
  if (stated.sha256 !== undefined && stated.sha256 !== text.sha256)
    refuse('/attestation/sha256', 'R26', 'The SHA-256 is not the one of this version.');
  return text;
};
