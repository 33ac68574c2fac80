import { createHash } from 'node:crypto';
import { ATTESTATIONS, attestationOf, attestedWords, currentAttestation, requireAttestation } from './attestation.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('The attestation', () => {
  it.each(ATTESTATIONS)('of version $version has the SHA-256 of its words (R26, R27)', (text) => {
    expect(text.sha256).toBe(sha256(attestedWords(text)));
  });

  it('has the words of 2026-11 for ever: whoever changes them must make a new version (R26, R27)', () => {
    expect(attestationOf('2026-11').sha256).toBe('72cf445e91851634e23a06a270992570d3f80de7f2e9a4dee52bee6470bf706f');
  });

  it('is found by its version, and by no other (R26)', () => {
    expect(attestationOf(currentAttestation().version)).toBe(currentAttestation());
    expect(() => attestationOf('1999-01')).toThrow('There is no such version');
  });

  it('is kept with its hash whether that is stated or not; another hash is refused (R26)', () => {
    const { sha256: hash, ...words } = currentAttestation();
    expect(requireAttestation(words).sha256).toBe(hash);
    expect(requireAttestation({ ...words, sha256: hash }).sha256).toBe(hash);
    expect(() => requireAttestation({ ...words, sha256: '0'.repeat(64) })).toThrow('not the one of this version');
  });
});
