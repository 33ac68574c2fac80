import { RowMemory } from './row-memory.js';

const SLAB_BYTES = 256 * 1024;
const filled = (bytes: number, value: number) => Buffer.alloc(bytes, value);

describe('the memory of rows', () => {
  it('puts what is written one behind the other side by side', () => {
    const memory = new RowMemory();
    const one = memory.extend(memory.begin(4), filled(6, 1));
    const other = memory.extend(memory.begin(4), filled(6, 2));
    expect([one.length, other.length]).toEqual([10, 10]);
    expect(other.buffer).toBe(one.buffer);
    expect(other.byteOffset).toBe(one.byteOffset + one.length);
  });
  it('moves a row that grows when another was begun behind it', () => {
    const memory = new RowMemory();
    const one = memory.extend(memory.begin(0), filled(3, 1));
    memory.extend(memory.begin(0), filled(3, 2));
    expect([...memory.extend(one, filled(2, 3))]).toEqual([1, 1, 1, 3, 3]);
  });
  it('moves a row that grows when there is no room behind it, and leaves the others as they are', () => {
    const memory = new RowMemory();
    const one = memory.extend(memory.begin(0), filled(SLAB_BYTES - 10, 1));
    const other = memory.extend(memory.begin(0), filled(8, 2));
    const moved = memory.extend(other, filled(8, 3));
    expect([...moved]).toEqual([...filled(8, 2), ...filled(8, 3)]);
    expect(one.every((byte) => byte === 1)).toBe(true);
  });
  it('takes a row that is longer than what is kept ready', () => {
    const memory = new RowMemory();
    expect(memory.extend(memory.begin(4), filled(SLAB_BYTES * 2, 1))).toHaveLength(SLAB_BYTES * 2 + 4);
  });
});
