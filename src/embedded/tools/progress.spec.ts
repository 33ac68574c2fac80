import { jest } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { Progress } from './progress.js';

const outputOf = (isTTY: boolean) => {
  const out = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  return { out, text: () => String(out.read() ?? '') };
};

describe('progress', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is a line now and then where nobody watches: how much, how fast, how long still', () => {
    const { out, text } = outputOf(false);
    const progress = new Progress('Copying', out);
    progress.advance(500, 0.1);
    jest.advanceTimersByTime(10_000);
    progress.advance(500, 0.25, 'at position 7');
    expect(text()).toBe('Copying: 25 %, 1,000 events, 100/s, 30 s left; at position 7\n');
    progress.finish();
    expect(text()).toBe('Copying: 1,000 events in 10.0 s\n');
  });

  it('is a bar on a terminal, on one line', () => {
    const { out, text } = outputOf(true);
    const progress = new Progress('Copying', out);
    jest.advanceTimersByTime(1_000);
    progress.advance(10, 0.5, 'x'.repeat(200));
    const shown = text();
    expect(shown).toContain('[###############---------------] 50 %, 10 events, 10/s, 1 s left');
    expect(shown).not.toContain('\n');
    expect(shown.replaceAll(/\u001b\[\d*[A-Z]/g, '').length).toBeLessThan(80);
  });
});
