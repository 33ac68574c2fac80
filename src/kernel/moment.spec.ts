import type { Dated } from './moment.js';
import { upTo } from './moment.js';

const recorded = (position: number, recordedAt: string) => ({ position: BigInt(position), recordedAt }) as Dated;
const events = [recorded(10, '2026-03-01T09:00:00.000Z'), recorded(20, '2026-03-01T10:00:00.000Z')];
const count = (moment: Parameters<typeof upTo>[1], of = events) => upTo(of, moment).length;

describe('A history up to a moment', () => {
  it('ends with the event at the position, or before it', () => {
    expect([9n, 10n, 19n, 20n, 99n].map((position) => count({ position }))).toEqual([0, 1, 1, 2, 2]);
  });

  it('ends with what was recorded at the time, whatever its zone, or before it', () => {
    const times = [
      '2026-03-01T08:59:59.999Z',
      '2026-03-01T10:00:00+01:00',
      '2026-03-01T09:59:59Z',
      '2026-03-02T00:00:00Z',
    ];
    expect(times.map((time) => count({ time }))).toEqual([0, 1, 1, 2]);
  });

  it('is all of it now', () => {
    expect(count(null)).toBe(2);
  });

  it('is always a beginning, even where the clock of the store was set back', () => {
    const setBack = [recorded(10, '2026-03-01T09:00:00.000Z'), recorded(20, '2026-03-01T08:00:00.000Z')];
    expect(count({ time: '2026-03-01T08:30:00Z' }, setBack)).toBe(0);
  });
});
