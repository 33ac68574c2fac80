import fc from 'fast-check';
import type { Config } from '../platform/config/config.js';
import { SecretKeys } from '../platform/secrets/secret-keys.js';
import { LINK_PLACEHOLDER, renderDraft, requireLink } from './draft.js';
import { InvitationLinks } from './invitation-links.service.js';

const key = { id: 'k1', key: Buffer.alloc(32, 1) };
const config = { invitationUrl: 'https://portal.example/invitations' } as Config;
const links = new InvitationLinks(config, new SecretKeys([key]));
const linkOf = (invitationId: string) => links.linkFor(invitationId, links.issue(invitationId, 1));
const LINK = linkOf('one');
const [, SECRET = ''] = LINK.split('#');
const [, MAC = ''] = SECRET.split('.');

const seal = (text: string, subject = 'Hi') => requireLink(links.seal({ subject, text }, LINK));
/** The code of the refusal, or null for an edit that is taken. */
const refusalOf = (text: string, subject?: string): string | null => {
  try {
    seal(text, subject);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** A link that is not quite this invitation's: one character is another one, or missing. */
const almost = fc.tuple(fc.nat(LINK.length - 1), fc.constantFrom('', 'x', '-')).map(([at, other]) => {
  const changed = LINK.slice(0, at) + other + LINK.slice(at + 1);
  return changed === LINK ? LINK.slice(1) : changed;
});
const words = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll(/[\w{}-]/g, ''));

describe('An edited draft', () => {
  it('is kept with a placeholder for the link, and read again as it was edited (R11, D6)', () =>
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = `${before}${LINK}${after}`;
        const sealed = seal(text);
        expect(sealed.text).toBe(`${before}${LINK_PLACEHOLDER}${after}`);
        expect(renderDraft(sealed, LINK).text).toBe(text);
      }),
      { numRuns: 1_000 },
    ));

  it('is accepted only with its link: nothing that is nearly the link will do (R11)', () =>
    fc.assert(
      fc.property(words, almost, words, (before, link, after) => {
        expect(refusalOf(`${before}${link}${after}`)).not.toBeNull();
      }),
      { numRuns: 1_000 },
    ));

  it.each([
    ['with the link run on into the next word', `Open ${LINK}now`, 'draft-with-foreign-link'],
    ['with its secret once more beside the link', `Open ${LINK} or say ${SECRET}`, 'draft-with-foreign-link'],
    ['with the second half of its secret alone', `Open ${LINK}, ${MAC}`, 'draft-with-foreign-link'],
    ['with another invitation’s link', `${LINK} ${linkOf('two')}`, 'draft-with-foreign-link'],
    ['with a placeholder instead of the link', `Open ${LINK_PLACEHOLDER}`, 'draft-without-link'],
  ])('%s is refused: a secret is never kept (R11, D6)', (_, text, code) => {
    expect(refusalOf(text)).toBe(code);
  });

  it('is refused with its secret in the subject (D6)', () => {
    expect(refusalOf(`Open ${LINK}`, `Code ${SECRET}`)).toBe('draft-with-foreign-link');
  });
});
