import { history } from '../kernel/history.fixture.js';
import { invitationEvents } from '../kernel/invitation.fixture.js';
import { established, granted, noticeGiven, removed, revoked } from '../kernel/pair.fixture.js';
import { ALL_SHARDS } from '../kernel/shard.js';
import { READ_MODELS } from './read-models.js';

const facts = history([...invitationEvents, established(), granted(), removed(), noticeGiven(), revoked()]);
const nothingStored = async (keys: readonly unknown[]) => keys.map(() => null);

describe.each(READ_MODELS.map((model) => [model.name, model] as const))('The read model %s', (_, model) => {
  it('is not changed by an event that does not concern it: such an event costs it no step', async () => {
    for (const fact of facts.filter((one) => !model.concerns(one)))
      for (const shard of ALL_SHARDS) expect(await model.changes(shard, [fact], nothingStored)).toEqual([]);
  });

  it('is concerned by an event that it cannot judge, so that it is not passed over in silence', () => {
    const malformed = { ...facts.at(-1), event: { type: 'RelationshipEstablished', data: null } } as never;
    expect(model.concerns(malformed)).toBe(true);
  });
});
