import { bytesAt, RowMemory } from './row-memory.js';

const SLAB_BYTES = 256 * 1024;
const filled = (bytes: number, value: number) => Buffer.alloc(bytes, value);

describe('the memory of rows', () => {
  let memory: RowMemory;
  beforeEach(() => (memory = new RowMemory()));
  const row = (begun: number, bytes: Buffer) => {
    const place = memory.begin(begun);
    memory.extend(place, bytes);
    return place;
  };

  it('puts what is written one behind the other side by side', () => {
    const [one, other] = [row(4, filled(6, 1)), row(4, filled(6, 2))].map(bytesAt) as [Buffer, Buffer];
    expect([one.length, other.length]).toEqual([10, 10]);
    expect(other.buffer).toBe(one.buffer);
    expect(other.byteOffset).toBe(one.byteOffset + one.length);
  });
  it('moves a row that grows when another was begun behind it', () => {
    const one = row(0, filled(3, 1));
    const other = row(0, filled(3, 2));
    memory.extend(one, filled(2, 3));
    expect([...bytesAt(one)]).toEqual([1, 1, 1, 3, 3]);
    expect([...bytesAt(other)]).toEqual([2, 2, 2]);
  });
  it('moves a row that grows when there is no room behind it, and leaves the others as they are', () => {
    const one = row(0, filled(SLAB_BYTES - 10, 1));
    const moved = row(0, filled(8, 2));
    memory.extend(moved, filled(8, 3));
    expect([...bytesAt(moved)]).toEqual([...filled(8, 2), ...filled(8, 3)]);
    expect(bytesAt(one).every((byte) => byte === 1)).toBe(true);
  });
  it('takes a row that is longer than what is kept ready', () => {
    expect(bytesAt(row(4, filled(SLAB_BYTES * 2, 1)))).toHaveLength(SLAB_BYTES * 2 + 4);
  });

  describe('when rows are released', () => {
    /** As many rows as fill so many slabs. */
    const fill = (slabs: number) => Array.from({ length: slabs * 4 }, () => row(0, filled(SLAB_BYTES / 4, 1)));
    const buffersOf = (places: readonly ReturnType<typeof row>[]) => new Set(places.map(({ slab }) => slab));

    it('uses their memory again, once no row lies in it', () => {
      const places = fill(3);
      for (const place of places) memory.release(place);
      expect(buffersOf(fill(3))).toEqual(buffersOf(places));
    });
    it('leaves a row as it is that lies between them', () => {
      const places = fill(3);
      const kept = places.splice(5, 1)[0] as (typeof places)[0];
      for (const place of places) memory.release(place);
      expect(buffersOf(fill(6)).has(kept.slab)).toBe(false);
    });
    it('takes no slab twice', () => {
      for (let round = 0; round < 3; round++) {
        const places = fill(3);
        expect(buffersOf(places).size).toBe(3);
        for (const place of places) memory.release(place);
      }
    });
    it('gives a row that has moved only its new memory', () => {
      const one = row(0, filled(SLAB_BYTES - 1, 1));
      const before = one.slab;
      memory.extend(one, filled(1, 2));
      memory.extend(one, filled(1, 3));
      expect(one.slab).not.toBe(before);
      expect([...bytesAt(one).subarray(-3)]).toEqual([1, 2, 3]);
    });
  });
});
