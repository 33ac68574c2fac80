import fc from 'fast-check';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { takeStep } from '../../src/platform/redis/read-model.writer.js';
import { ReadSide } from './read-side.fixture.js';

const MODEL = { name: 'steps', version: 1 };

let side: ReadSide;
let keys: Keyspace;
beforeAll(async () => {
  side = await ReadSide.start();
  keys = new Keyspace(MODEL.name, await side.builds.request(MODEL), 0);
});
afterAll(() => side.stop());

/** Texts of any characters, among them halves, which an event of an old release can hold. */
const texts = fc
  .array(fc.oneof(fc.nat(0xffff), fc.constantFrom(0, 0x22, 0x5c, 0x75, 0x64, 0xd83d, 0xde00)), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));

describe("A step of a read model's shard", () => {
  it('writes every text as it is, as far as it is one', async () => {
    let from: bigint | null = null;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const to: bigint = (from ?? 0n) + 1n;
        const writes = [{ command: 'HSET', key: keys.documents('texts'), args: ['one', text] }] as const;
        const letters = { revision: '', change: false };
        expect(await takeStep(side.redis, keys, { from, to, atEnd: true, letters, writes })).toMatchObject({
          taken: true,
        });
        from = to;
        expect(await side.redis.hget(keys.documents('texts'), 'one')).toBe(Buffer.from(text).toString());
      }),
      { numRuns: 1_000 },
    );
  });
});
