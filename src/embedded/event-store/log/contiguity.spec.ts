import { requireContiguous } from './contiguity.js';
import { CorruptLog } from './diagnosis.js';
import { TOMBSTONE_REVISION } from './model.js';

const page = (...revisions: number[]) =>
  revisions.map((revision) => ({ position: 1, streamId: 1, revision, frame: Buffer.alloc(0) }));

describe('a page of a stream', () => {
  it('is complete when each revision follows the one before', () => {
    requireContiguous(page(3, 4, 5), 3, 1);
    requireContiguous(page(5, 4, 3), 5, -1);
  });
  it('may end with a tombstone', () => requireContiguous(page(3, TOMBSTONE_REVISION), 3, 1));
  it.each([[[4, 5]], [[3, 5]], [[]]])('is corrupt when it should begin at 3 and is %j', (revisions) => {
    expect(() => requireContiguous(page(...revisions), 3, 1)).toThrow(CorruptLog);
  });
});
