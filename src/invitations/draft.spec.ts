import { LINK_PLACEHOLDER, firstDraft, mailto, renderDraft } from './draft.js';

const contact = { name: 'Ana Souza', email: 'ana+it@fabrikam.example' };
const link = 'https://portal.example/invitations/1#k1.secret';

describe('A draft', () => {
  it('has a subject, a text and a place for the personal link (C9)', () => {
    const { subject, text } = firstDraft('Contoso', contact, true);
    expect(subject).toContain('Contoso');
    expect(text).toContain(LINK_PLACEHOLDER);
    expect(text).toContain('Dear Ana Souza');
  });

  it('says whether privileges are asked for (D3)', () => {
    expect(firstDraft('Contoso', contact, true).text).toContain('delegated admin privileges');
    expect(firstDraft('Contoso', contact, false).text).toContain('No admin privileges are asked for');
  });

  it('is copied as plain text with the link in its place (C10)', () => {
    const { text } = renderDraft(firstDraft('Contoso', contact, true), link);
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
});
