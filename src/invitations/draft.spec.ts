import { DraftTemplates } from './draft-templates.service.js';
import { LINK_PLACEHOLDER, firstDraft, mailto, renderDraft } from './draft.js';

const templates = new DraftTemplates();

const contact = { name: 'Ana Souza', email: 'ana+it@fabrikam.example' };
const drafted = (asked = true, provider: string | null = null, locale: 'en' | 'pt' = 'en') =>
  firstDraft(templates.in(locale), { partner: 'Contoso', provider, contact: contact.name }, asked);
const link = 'https://portal.example/invitations/1#k1.secret';

describe('A draft', () => {
  it('has a subject, a text and a place for the personal link (C9)', () => {
    const { subject, text } = drafted();
    expect(subject).toContain('Contoso');
    expect(text).toContain(LINK_PLACEHOLDER);
    expect(text).toContain('Dear Ana Souza');
  });

  it('says whether privileges are asked for (D3)', () => {
    expect(drafted().text).toContain('delegated admin privileges');
    expect(drafted(false).text).toContain('No admin privileges are asked for');
  });

  it('is copied as plain text with the link in its place (C10)', () => {
    const { text } = renderDraft(drafted(), link);
    expect(text).toContain(link);
    expect(text).not.toContain(LINK_PLACEHOLDER);
  });

  it('opens in a mail program, link and line ends intact (C10)', () => {
    const draft = renderDraft({ subject: 'A & B?', text: `Line one\n${LINK_PLACEHOLDER}` }, link);
    const url = new URL(mailto(contact, draft));
    expect(decodeURIComponent(url.pathname)).toBe(contact.email);
    expect(url.searchParams.get('subject')).toBe('A & B?');
    expect(url.searchParams.get('body')).toBe(`Line one\r\n${link}`);
  });

  it('opens in a mail program even where half a character was recorded once (C10)', () => {
    const draft = renderDraft({ subject: 'Hi \ud800', text: LINK_PLACEHOLDER }, link);
    expect(new URL(mailto(contact, draft)).searchParams.get('subject')).toBe('Hi \ufffd');
  });

  it('names both partners in a joint invitation (C18, R21)', () => {
    const { subject, text } = drafted(true, 'Northwind');
    for (const name of ['Contoso', 'Northwind'])
      expect([subject, text].every((part) => part.includes(name))).toBe(true);
  });

  it.each(['en', 'pt'] as const)('is written in the language asked for: %s', (locale) => {
    for (const provider of [null, 'Northwind']) {
      const { subject, text } = drafted(true, provider, locale);
      expect(`${subject}${text}`).not.toMatch(/\{(partner|provider|contact)\}/);
      expect(text).toContain(LINK_PLACEHOLDER);
    }
    expect(drafted(true, null, 'pt').subject).toContain('convida-o');
  });

  it('takes a name for a name, whatever signs it holds', () => {
    const names = { partner: '{contact} $& Co', provider: null, contact: 'Ana' };
    expect(firstDraft(templates.in('en'), names, false).subject).toContain('{contact} $& Co invites');
  });
});
