import { randomUUID } from 'node:crypto';
import type { Fact, KnownEvent } from '../../projections/kernel/event-types.js';
import { T0, day } from '../../projections/kernel/history.fixture.js';
import { established, granted } from '../../projections/kernel/pair.fixture.js';
import { ALL_SHARDS } from '../../projections/kernel/shard.js';
import { documentModel, logModel } from '../../projections/kernel/changes.js';
import type { ReadModel } from '../../projections/kernel/changes.js';
import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { customerList } from '../../projections/customer-list/customer-list.js';
import { Projector } from '../../projections/runner/projector.js';
import { byShard } from '../../projections/runner/routing.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { ReadSide } from './read-side.fixture.js';

const CUSTOMERS = 10_000;
const PARTNERS = Array.from({ length: 20 }, () => randomUUID());
const STEP = 500;

/** The life of one customer in six events, all of whose ids are UUIDs. */
const life = (n: number): [string, KnownEvent][] => {
  const [customerId, invitationId] = [randomUUID(), randomUUID()];
  const partnerId = PARTNERS[n % PARTNERS.length] as string;
  const of = { invitationId, partnerIds: [partnerId], at: T0 };
  const customer = { name: `Customer number ${n}`, domain: `customer-${n}.example` };
  const outcome = { partnerId, role: 'reseller', authorised: true, privileges: 'granted' } as const;
  const origin = 'own-marketing' as const;
  const drafted = { ...of, origin, privilegesRequested: true } as unknown as Extract<
    KnownEvent,
    { type: 'InvitationDrafted' }
  >['data'];
  const [invitation, pair] = [`invitation-${invitationId}`, `${partnerId}~${customerId}`];
  const by = { kind: 'invitation', invitationId } as const;
  return [
    [invitation, { type: 'InvitationDrafted', data: drafted }],
    [invitation, { type: 'InvitationSent', data: { ...of, expiresAt: day(30) } }],
    [invitation, { type: 'InvitationAccepted', data: { ...of, customerId, customer, origin, outcomes: [outcome] } }],
    [`customer-${customerId}`, { type: 'CustomerRegistered', data: { customerId, ...customer, at: T0 } }],
    [`relationship-${pair}`, established({ partnerId, customerId, by, customer })],
    [`privileges-${pair}`, granted({ partnerId, customerId, invitationId })],
  ];
};

function* facts(): Generator<Fact> {
  let position = 4_000_000_000n;
  const subjects = PARTNERS.map(() => randomUUID());
  for (let n = 0; n < CUSTOMERS; n++)
    for (const [stream, event] of life(n)) {
      const partnerId = PARTNERS[n % PARTNERS.length] as string;
      const actor = {
        kind: 'partner',
        role: 'admin-agent',
        subject: subjects[n % PARTNERS.length] as string,
        partnerId,
      };
      const metadata = { actor, commandId: '', fingerprint: '', correlationId: '', causationId: '', schemaVersion: 1 };
      position += 700n;
      yield { id: randomUUID(), stream, revision: 1n, position, event, metadata } as Fact;
    }
}

/** The bytes that a read model takes in Redis, to one of `units`. */
const bytesPer = async (side: ReadSide, model: ReadModel, units: (all: readonly Fact[]) => number): Promise<number> => {
  await side.redis.flushall();
  const used = async () => Number(/used_memory:(\d+)/.exec(await side.redis.info('memory'))?.[1]);
  const before = await used();
  const projectors = ALL_SHARDS.map(
    (shard) => new Projector(model, new Keyspace(model.name, '1', shard), side.batches),
  );
  const all = [...facts()];
  for (let at = 0; at < all.length; at += STEP) {
    const batch = all.slice(at, at + STEP);
    const routed = byShard(batch);
    const position = batch.at(-1)?.position ?? null;
    await Promise.all(
      projectors.map((one) => one.apply({ facts: routed[one.keys.shard] ?? [], position, atEnd: true })),
    );
  }
  return ((await used()) - before) / units(all);
};

describe('the memory that read models take', () => {
  let side: ReadSide;
  beforeAll(async () => (side = await ReadSide.start()));
  afterAll(() => side.stop());

  it('is at most 500 bytes to a customer in the list, both sorts and the words by which it is found', async () => {
    const bytes = await bytesPer(side, documentModel(customerList), () => CUSTOMERS);
    console.log(`customer-list: ${bytes.toFixed(0)} bytes to a customer`);
    expect(bytes).toBeLessThanOrEqual(500);
  });

  it('is at most 250 bytes to an audit entry', async () => {
    const bytes = await bytesPer(side, logModel(auditTrail), (all) => all.length);
    console.log(`audit-trail: ${bytes.toFixed(0)} bytes to an entry`);
    expect(bytes).toBeLessThanOrEqual(250);
  });
});
