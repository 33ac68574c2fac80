import { readFileSync, readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import { ALL_SHARDS } from '../../projections/kernel/shard.js';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { Fact } from '../../projections/kernel/event-types.js';
import { ALL_EVENT_TYPES } from '../../projections/kernel/event-types.js';
import { customer } from '../customers/customer.js';
import { invitation } from '../invitations/invitation.js';
import { openInvitation } from '../invitations/open-invitation.js';
import type { Decider } from '../kernel/decider.js';
import { fold } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';
import { partner } from '../partners/partner.js';
import { privileges } from '../privileges/privilege.js';
import { relationship } from '../relationships/relationship.js';
import { CATALOGUE, EVENT_SCHEMAS } from './catalogue.js';
import { ROOT } from './committed.fixture.js';
import { schemaFile, versionsOf } from './event-versions.fixture.js';
import { asJson, asRead, histories } from './histories.fixture.js';

const recorded = histories();
const each = recorded.map((history) => [history.name, history] as const);

const folding =
  <State, E extends DomainEvent>(decider: Decider<State, E>) =>
  (events: readonly DomainEvent[]): unknown =>
    fold(decider, events as readonly E[]);

const STATE: Readonly<Record<string, (events: readonly DomainEvent[]) => unknown>> = {
  'partner-': folding(partner),
  'customer-': folding(customer),
  'invitation-': folding(invitation),
  'open-invitation-': folding(openInvitation),
  'relationship-': folding(relationship),
  'privileges-': folding(privileges),
};

const ajv = new Ajv({ strict: true, allowUnionTypes: true, keywords: ['x-personal'] });
for (const file of readdirSync(`${ROOT}docs/schemas`))
  ajv.addSchema(JSON.parse(readFileSync(`${ROOT}docs/schemas/${file}`, 'utf8')) as object);

describe('Recorded histories', () => {
  it('show every event type in every version', () => {
    const shown = recorded.flatMap(({ events }) =>
      events.map(({ type, metadata }) => `${type}.v${metadata.schemaVersion}.json`),
    );
    const all = CATALOGUE.flatMap((event) => versionsOf(event).map((version) => schemaFile(event, version)));
    expect(all.filter((file) => !shown.includes(file))).toEqual([]);
  });

  it.each(each)('are as the schemas say: %s', (_, { events }) => {
    for (const event of events) {
      const valid = ajv.validate(`${event.type}.v${event.metadata.schemaVersion}.json`, event);
      expect({ event: event.id, valid, errors: ajv.errors }).toEqual({ event: event.id, valid: true, errors: null });
    }
  });

  it.each(each)('lie in the streams that the catalogue says: %s', (_, { stream, events }) => {
    for (const { type } of events) {
      const pattern = CATALOGUE.find((event) => event.type === type)?.stream.replace(/\{\w+\}/g, '[^~]+') ?? 'none';
      expect(stream).toMatch(new RegExp(`^${pattern}$`));
    }
  });

  it.each(each)('are read in the present version: %s', (_, history) => {
    for (const { event, metadata } of asRead(history)) {
      expect(metadata.schemaVersion).toBe(EVENT_SCHEMAS.versionOf(event.type));
      expect(ajv.validate(`${event.type}.v${metadata.schemaVersion}.json`, { ...event, metadata })).toBe(true);
    }
  });

  it.each(each)('come to the state they came to: %s', (_, history) => {
    const kind = Object.keys(STATE).find((prefix) => history.stream.startsWith(prefix)) ?? '';
    expect(asJson(STATE[kind]?.(asRead(history).map(({ event }) => event)))).toMatchObject(history.state);
  });

  it.each(each)('are taken by every read model: %s', async (_, history) => {
    const facts = asRead<Fact['event']>(history).filter(({ event }) => ALL_EVENT_TYPES.includes(event.type));
    for (const model of READ_MODELS)
      for (const shard of ALL_SHARDS) await model.changes(shard, facts, async (keys) => keys.map(() => null));
  });
});
