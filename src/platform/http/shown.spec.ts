import { answerText, remembersShown } from './shown.js';

describe('What is shown again and again', () => {
  const made: string[] = [];
  const shown = remembersShown((source: { name: string }, at) => (made.push(at), { at, name: source.name }));
  const [ana, bob] = [{ name: 'Ana "á"' }, { name: 'Bob' }];

  it('is made once for a source', () => {
    const before = made.length;
    expect(shown(ana, '5')).toBe(shown(ana, '5'));
    expect(made.slice(before)).toEqual(['5']);
  });

  it('is made anew where a source says the same at another place', () => {
    expect(shown(ana, '2')).toEqual({ at: '2', name: 'Ana "á"' });
  });

  it.each([
    ['a page of what is remembered', { items: [shown(ana, '1'), shown(bob, '3')], next: null, position: '7' }],
    ['a page that remembers some of its items', { items: [shown(bob, '3'), { at: '9' }], next: 'c', position: '7' }],
    ['a page with nothing besides', { items: [shown(bob, '3')] }],
    ['an empty page', { items: [], next: null, position: '7' }],
    ['an answer with its items further on', { customerId: 'c', items: [shown(bob, '3')], position: '7' }],
    ['any other answer', { code: 'not-found', status: 404 }],
  ])('reads in %s as JSON.stringify writes it', (_, answer) => {
    expect(answerText(answer)).toBe(JSON.stringify(answer));
  });
});
