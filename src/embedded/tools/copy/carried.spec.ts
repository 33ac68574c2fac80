import { FOLLOWERS_CHECKPOINTS, Selection } from './carried.js';
import { wireEvent } from './wire-event.fixture.js';

describe('what is carried over', () => {
  const selection = new Selection([FOLLOWERS_CHECKPOINTS, 'private-']);
  it.each([
    ['relationship-1', true],
    ['$$relationship-1', true],
    ['$stats-127.0.0.1:2113', false],
    ['$$$users', false],
    ['$users', false],
    ['checkpoint-workflow', false],
    ['$$checkpoint-workflow', false],
    ['private-1', false],
    ['not-private-1', true],
  ])('%s: %p', (stream, expected) => {
    expect(selection.includes(wireEvent({ stream }))).toBe(expected);
  });
});
