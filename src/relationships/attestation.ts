import { Rejection } from '../kernel/rejection.js';

/** What the remover represents (R26) and agrees to (R27), word for word. */
export interface AttestedText {
  readonly version: string;
  readonly goodFaith: string;
  readonly indemnity: string;
}

/** Every version ever in use, the current one last. A version's words are never changed. */
export const ATTESTATIONS: readonly AttestedText[] = [
  {
    version: '2026-11',
    goodFaith:
      'By removing this reseller relationship, the partner represents that it acts in good faith, for a legitimate ' +
      'business purpose, and in accordance with its agreement with the customer or partner.',
    indemnity:
      'The partner agrees to defend the vendor and hold it harmless against third-party claims to the contrary.',
  },
];

export const currentAttestation = (): AttestedText => ATTESTATIONS.at(-1) as AttestedText;

const refuse = (pointer: string, rule: string, message: string): never => {
  throw new Rejection('invalid', 'attestation-not-stated', message, {
    rule,
    pointer,
    next: 'Fetch the current text from /v1/attestations/current and state it word for word.',
  });
};

/** Without both statements, word for word, no removal (R26, R27). */
export const requireAttestation = (stated: AttestedText): AttestedText => {
  const text = ATTESTATIONS.find(({ version }) => version === stated.version);
  if (!text) return refuse('/attestation/version', 'R26', 'There is no such version of the attestation.');
  if (stated.goodFaith !== text.goodFaith)
    refuse('/attestation/goodFaith', 'R26', 'The representation of good faith is not stated word for word.');
  if (stated.indemnity !== text.indemnity)
    refuse('/attestation/indemnity', 'R27', 'The agreement to defend and hold harmless is not stated word for word.');
  return text;
};
