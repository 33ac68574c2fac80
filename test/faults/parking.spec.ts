import { setTimeout as sleep } from 'node:timers/promises';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import { Operations } from '../e2e/letters.fixture.js';
import type { Service } from '../support/service.js';

const ROUNDS = 3;
const PAIRS_A_ROUND = 12;
const LIST = 'customer-list';

let operations: Operations;
let projectors: Service[] = [];
afterEach(async () => {
  await Promise.all(projectors.map((projector) => projector.kill()));
  await operations.stop();
});

/** Every third pair has an event that nobody can take, and then one that waits for it. */
const record = async (round: number) => {
  const [sound, poison, waiting]: string[][] = [[], [], []];
  for (let n = 0; n < PAIRS_A_ROUND; n += 1) {
    const pair = [`partner-${n % 5}`, `customer-${round}-${n}`] as const;
    if (n % 3 === 0) {
      poison?.push(await operations.damaged(pair));
      waiting?.push(await operations.granted(pair));
    } else sound?.push(await operations.established(pair));
  }
  return { sound, poison, waiting };
};

describe('Projectors that are killed while events are parked', () => {
  it('park each once, in the step that passes it, and lose and double nothing else', async () => {
    operations = await Operations.start({ ROLES: 'api,workflow' });
    const start = () => operations.world.startBeside({ ROLES: 'projector' });
    projectors = await Promise.all([start(), start()]);
    const poison: string[] = [];
    const waiting: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const writing = record(round);
      await sleep(20 * round);
      await projectors[round % 2]?.kill();
      const recorded = await writing;
      poison.push(...(recorded.poison ?? []));
      waiting.push(...(recorded.waiting ?? []));
      projectors[round % 2] = await start();
    }
    const last = await operations.established(['partner-0', 'the-last']);
    await operations.reached(last);
    const letters = await operations.letters(LIST);
    expect(letters.filter(({ behind }) => behind === null).map(({ position }) => position)).toEqual(poison);
    expect(letters.filter(({ behind }) => behind !== null).map(({ position }) => position)).toEqual(waiting);
    for (const { position, behind } of letters.filter((letter) => letter.behind !== null))
      expect(poison[waiting.indexOf(position)]).toBe(behind);
    const listed = await Promise.all([0, 1, 2, 3, 4].map((n) => operations.customersOf(`partner-${n}`, last)));
    expect(listed.flat()).toHaveLength((ROUNDS * PAIRS_A_ROUND * 2) / 3 + 1);
    for (const { name } of READ_MODELS.filter(({ name }) => name !== LIST && name !== 'audit-trail'))
      expect(await operations.letters(name)).toEqual([]);
  }, 120_000);
});
