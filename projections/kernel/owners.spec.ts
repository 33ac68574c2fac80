import type { Fact, KnownEvent } from './event-types.js';
import { history } from './history.fixture.js';
import { shardsOf } from './owners.js';
import { established } from './pair.fixture.js';
import { ALL_SHARDS, shardOf } from './shard.js';

const EVERY = new Set(ALL_SHARDS);
const of = (data: unknown, fault?: string) => {
  const [fact] = history([established()]) as [Fact];
  const event = { type: 'RelationshipEstablished', data } as KnownEvent;
  return shardsOf({ ...fact, event, ...(fault !== undefined && { fault }) });
};

describe('the shards that an event may change', () => {
  it('are those of whom it names', () => {
    const { data } = established({ partnerId: 'contoso', customerId: 'adatum' });
    expect(of(data)).toEqual(new Set([shardOf('contoso'), shardOf('adatum')]));
  });

  it.each([null, 'text', {}, { partnerId: 'contoso' }, { partnerId: 'contoso', customerId: 7 }, { customerId: '' }])(
    'are all when it does not say whom it is about: %j',
    (data) => expect(of(data)).toEqual(EVERY),
  );

  it('are all when its data could not be read', () => {
    expect(of(established().data, 'not a date')).toEqual(EVERY);
  });

  it('are all when invitations name nobody', () => {
    const [fact] = history([established()]) as [Fact];
    const event = { type: 'InvitationSent', data: { invitationId: 'i', partnerIds: [] } } as unknown as KnownEvent;
    expect(shardsOf({ ...fact, event })).toEqual(EVERY);
  });
});
