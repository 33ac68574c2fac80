import { PassThrough } from 'node:stream';
import { arrivals } from './arrivals.js';

interface Numbered {
  readonly n: number;
}

const stream = (): PassThrough => new PassThrough({ objectMode: true });

const taken = async (source: PassThrough): Promise<number[][]> => {
  const all: number[][] = [];
  for await (const some of arrivals<Numbered>(source)) all.push(some.map(({ n }) => n));
  return all;
};

describe('what arrives on a stream', () => {
  it('is given together, in order, and each once', async () => {
    const source = stream();
    for (const n of [1, 2, 3]) source.write({ n });
    const all = taken(source);
    await new Promise(setImmediate);
    source.end({ n: 4 });
    expect((await all).flat()).toEqual([1, 2, 3, 4]);
    expect((await all)[0]).toEqual([1, 2, 3]);
  });

  it('is waited for as long as it takes', async () => {
    const source = stream();
    const all = taken(source);
    for (const n of [1, 2]) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      source.write({ n });
    }
    setTimeout(() => source.end(), 5);
    expect(await all).toEqual([[1], [2]]);
  });

  it('ends with what the stream fails with, after what came before', async () => {
    const source = stream();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const some of arrivals<Numbered>(source)) seen.push(...some.map(({ n }) => n));
    })();
    source.write({ n: 1 });
    setTimeout(() => source.emit('error', new Error('connection lost')), 5);
    await expect(reading).rejects.toThrow('connection lost');
    expect(seen).toEqual([1]);
  });

  it('is left alone by whoever stops reading: the stream is given up', async () => {
    const source = stream();
    source.write({ n: 1 });
    for await (const some of arrivals<Numbered>(source)) if (some.length > 0) break;
    expect(source.destroyed).toBe(true);
  });
});
