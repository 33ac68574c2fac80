import { shardOf } from '../../projections/kernel/shard.js';
import { waitFor } from '../support/wait.js';
import { Operations } from './letters.fixture.js';

const LIST = 'customer-list';
const TRAIL = 'audit-trail';
/** On another shard than contoso. */
const OTHER = ['northwind', 'tailspin', 'wingtip'].find((id) => shardOf(id) !== shardOf('contoso')) ?? '';

let operations: Operations;
beforeEach(async () => (operations = await Operations.start()));
afterEach(() => operations.stop());

/** A relationship that stands, then a damaged event, then what came after it. */
const history = async () => {
  await operations.established(['contoso', 'broken']);
  const poison = await operations.damaged(['contoso', 'broken']);
  const granted = await operations.granted(['contoso', 'broken']);
  await operations.established(['contoso', 'sound']);
  await operations.established([OTHER, 'broken']);
  const removed = await operations.removed(['contoso', 'broken']);
  return { poison, granted, removed };
};

describe('An event that a read model cannot take', () => {
  it('is parked with what depends on it; everything else goes on, and it is named everywhere', async () => {
    const { poison, granted, removed } = await history();
    expect(await operations.customersOf('contoso', removed)).toEqual(['broken', 'sound']);
    expect(await operations.customersOf(OTHER, removed)).toEqual(['broken']);
    const stream = 'relationship-contoso~broken';
    expect(await operations.letters(LIST)).toMatchObject([
      {
        position: poison,
        type: 'RelationshipEstablished',
        stream,
        revision: '1',
        reason: expect.stringMatching(/^TypeError/),
      },
      { position: granted, stream: 'privileges-contoso~broken', behind: poison, reason: null },
      { position: removed, stream, behind: poison, reason: null },
    ]);
    expect(await operations.letters(TRAIL)).toMatchObject([{ position: poison, behind: null }]);
    expect(await operations.letters('residual-privileges')).toEqual([]);
    const plain = await operations.command('letters');
    expect(plain.out).toContain(`waits for ${poison}`);

    const auditor = await operations.world.auditor();
    const ready = await auditor.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body.details.projections[LIST].parked).toMatchObject({
      count: 3,
      refused: [{ stream, position: poison }],
    });
    expect((await operations.command('status')).out).toContain(`RelationshipEstablished of ${stream} at ${poison}`);
    const metrics = (await auditor.get('/metrics')).body as string;
    expect(metrics).toContain(`read_model_parked_events{read_model="${LIST}"} 3\n`);
    expect(metrics).toContain('read_model_parked_events{read_model="invitations"} 0\n');

    const lines = operations.world
      .serviceLog()
      .split('\n')
      .filter((line) => line.includes('"event parked"'));
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        readModel: LIST,
        stream,
        position: poison,
        remedy: expect.stringContaining(`retry ${LIST} ${poison}`),
      }),
    );
  });

  it('stays parked when it is tried again in vain; skipped, on record, it lets the later ones apply in order', async () => {
    const { poison, granted, removed } = await history();
    await operations.customersOf('contoso', removed);
    const before = await operations.letters(LIST);
    const tried = await operations.command('retry', LIST, poison);
    expect([tried.code, tried.err]).toEqual([
      1,
      expect.stringContaining(`relationship-contoso~broken at ${poison}: TypeError`),
    ]);
    expect((await operations.command('retry', LIST, removed)).err).toContain(`${removed} waits for ${poison}`);
    expect((await operations.command('retry', LIST, 'all')).code).toBe(1);
    expect(await operations.letters(LIST)).toEqual(before);

    expect((await operations.command('skip', LIST, poison)).code).toBe(2);
    const skipped = await operations.command('skip', LIST, poison, '--reason', 'Damaged by a script on 1 March');
    expect([skipped.code, skipped.out]).toEqual([0, expect.stringContaining(`2 events (${granted}, ${removed})`)]);
    expect(await operations.letters(LIST)).toEqual([]);
    expect(await operations.customersOf('contoso', removed)).toEqual(['sound']);
    const record = (await (await operations.world.auditor()).get('/v1/partners/contoso/customers/broken')).body;
    expect(record.privileges).toMatchObject({ status: 'in-force' });
    expect((await operations.command('skip', LIST, poison, '--reason', 'again')).code).toBe(1);
    expect(await operations.recorded()).toMatchObject([
      { readModel: LIST, position: poison, reason: 'Damaged by a script on 1 March' },
    ]);
    const later = await operations.established(['contoso', 'broken']);
    expect(await operations.customersOf('contoso', later)).toEqual(['broken', 'sound']);
  });

  it('is parked once, however often it is delivered and whoever is killed meanwhile; skipping takes effect once', async () => {
    const { poison, removed } = await history();
    await operations.customersOf('contoso', removed);
    const before = await operations.letters(LIST);
    await operations.world.restart();
    const beside = await operations.world.startBeside({ ROLES: 'projector' });
    const later = await operations.granted(['contoso', 'sound']);
    await operations.reached(later);
    expect(await operations.letters(LIST)).toEqual(before);
    for (const ms of [250, 400, 550])
      await operations.commandKilledAfter(ms, 'skip', TRAIL, poison, '--reason', 'damaged');
    for (const ms of [250, 400, 550])
      await operations.commandKilledAfter(ms, 'skip', LIST, poison, '--reason', 'damaged');
    for (const model of [LIST, TRAIL])
      if ((await operations.letters(model)).length > 0)
        expect((await operations.command('skip', model, poison, '--reason', 'damaged')).code).toBe(0);
    expect(await operations.customersOf('contoso', later)).toEqual(['sound']);
    expect(await operations.trailOf(['contoso', 'broken'], later)).toEqual([
      'RelationshipEstablished',
      'DelegatedAdminPrivilegesGranted',
      'RelationshipRemoved',
    ]);
    await beside.kill();
  });

  it('is parked on every shard when it does not say whom it is about, or when no upcast can read it', async () => {
    await operations.established(['contoso', 'broken']);
    const stream = 'relationship-contoso~broken';
    const unnamed = await operations.append(stream, 'RelationshipEstablished', {}, 2);
    const unread = await operations.append('relationship-contoso~null', 'RelationshipEstablished', null, 1);
    const text = await operations.append('invitation-7', 'InvitationSent', 'sent', 1);
    const removed = await operations.removed(['contoso', 'broken']);
    expect(await operations.customersOf('contoso', removed)).toEqual(['broken']);
    expect((await operations.letters(LIST)).map(({ position, behind }) => [position, behind])).toEqual([
      [unnamed, null],
      [unread, null],
      [removed, unnamed],
    ]);
    expect(await operations.letters('invitations')).toMatchObject([{ position: text }]);
    expect((await operations.letters(TRAIL)).map(({ position }) => position)).toEqual([unnamed, unread, text]);
    expect((await operations.command('skip', LIST, unnamed, '--reason', 'damaged')).code).toBe(0);
    expect(await operations.customersOf('contoso', removed)).toEqual([]);
    expect((await operations.letters(LIST)).map(({ position }) => position)).toEqual([unread]);
  });

  it('stops a rebuild, which names it and goes on from there once it is skipped; it is left out for ever', async () => {
    const { poison, removed } = await history();
    expect(await operations.customersOf('contoso', removed)).toEqual(['broken', 'sound']);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { code, err } = await operations.command('rebuild', LIST);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(`of relationship-contoso~broken at ${poison}: TypeError`),
      ]);
    }
    expect(await operations.customersOf('contoso', removed)).toEqual(['broken', 'sound']);
    await operations.command('skip', LIST, poison, '--reason', 'damaged');
    const { code, out } = await operations.command('rebuild', LIST);
    expect([code, out]).toEqual([0, expect.stringContaining('is answered from build')]);
    expect(await operations.customersOf('contoso', removed)).toEqual(['sound']);
    await operations.flush();
    await waitFor(async () => (await operations.customersOf('contoso', removed).catch(() => [])).length > 0);
    expect(await operations.customersOf('contoso', removed)).toEqual(['sound']);
    expect(await operations.letters(LIST)).toEqual([]);
  });
});
