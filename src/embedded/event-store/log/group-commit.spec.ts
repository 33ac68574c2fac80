import { GroupCommit, type Write } from './group-commit.js';
import type { WriteOutcome } from './model.js';

const WRITTEN: WriteOutcome = { kind: 'written', revision: 0, position: 1 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp(commit: () => void = () => {}) {
  const story: string[] = [];
  const transaction = {
    commit: () => {
      commit();
      story.push('commit');
    },
    rollback: () => void story.push('rollback'),
  };
  const commits = new GroupCommit(transaction, () => story.push('published'));
  const write = (name: string, more: Partial<Write> = {}): Write => ({
    weight: 1,
    deadline: Infinity,
    perform: () => {
      story.push(`perform ${name}`);
      return WRITTEN;
    },
    settle: ({ kind }) => story.push(`${name} ${kind}`),
    ...more,
  });
  return { story, commits, write };
}

describe('group commit', () => {
  it('puts what arrives in one turn into one transaction and answers after it, in order', async () => {
    const { story, commits, write } = setUp();
    commits.submit(write('a'));
    commits.submit(write('b'));
    await turn();
    expect(story).toEqual(['perform a', 'perform b', 'commit', 'a written', 'b written', 'published']);
  });
  it('answers each write with the failure of the commit', async () => {
    const { story, commits, write } = setUp(() => {
      throw new Error('disk full');
    });
    commits.submit(write('a'));
    commits.submit(write('b'));
    await turn();
    expect(story.slice(2)).toEqual(['rollback', 'a failed', 'b failed', 'published']);
  });
  it('does not carry out what is too late', async () => {
    const { story, commits, write } = setUp();
    commits.submit(write('late', { deadline: Date.now() - 1 }));
    await turn();
    expect(story).toEqual(['commit', 'late deadline-exceeded', 'published']);
  });
  it('carries out at once what comes alone, as it has for a while, and the others of that turn together', async () => {
    const { story, commits, write } = setUp();
    for (let n = 0; n < 16; n++) {
      commits.submit(write('lone'));
      await turn();
    }
    story.length = 0;
    for (const name of ['a', 'b', 'c']) commits.submit(write(name));
    expect(story).toEqual(['perform a', 'commit', 'a written', 'published']);
    await turn();
    expect(story.slice(4)).toEqual(['perform b', 'perform c', 'commit', 'b written', 'c written', 'published']);
    commits.submit(write('d'));
    expect(story).toHaveLength(10);
  });
  it('bounds the weight of a group', async () => {
    const { story, commits, write } = setUp();
    commits.submit(write('heavy', { weight: 9 * 1024 * 1024 }));
    commits.submit(write('light'));
    await turn();
    await turn();
    expect(story.filter((word) => word === 'commit')).toHaveLength(2);
  });
});
