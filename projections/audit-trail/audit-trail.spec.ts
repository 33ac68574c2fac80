import type { KnownEvent } from '../kernel/event-types.js';
import { ALL_EVENT_TYPES, PERSONAL_FIELDS } from '../kernel/event-types.js';
import { givenLog } from '../kernel/given.fixture.js';
import { ACTOR, T0, day, eventId, history, positionOf } from '../kernel/history.fixture.js';
import { invitationEvents } from '../kernel/invitation.fixture.js';
import { established, granted, noticeGiven, removed, revoked } from '../kernel/pair.fixture.js';
import { auditTrail } from './audit-trail.js';
import { noteOf } from './note.js';

const evidence = { reference: 'ticket of Miss Jones', actedAt: day(19) };
const everything: readonly KnownEvent[] = [
  { type: 'PartnerEnrolled', data: { partnerId: 'contoso', name: 'Contoso', kind: 'indirect-reseller', at: T0 } },
  { type: 'ProviderConnected', data: { partnerId: 'contoso', providerId: 'tailspin', at: T0 } },
  { type: 'ProviderDisconnected', data: { partnerId: 'contoso', providerId: 'tailspin', at: T0 } },
  ...invitationEvents,
  { type: 'CustomerRegistered', data: { customerId: 'adatum', name: 'Adatum', domain: 'adatum.example', at: T0 } },
  { type: 'CustomerDetailsChanged', data: { customerId: 'adatum', name: 'Adat', domain: 'adat.example', at: T0 } },
  established(),
  granted(),
  removed(),
  noticeGiven(),
  revoked({ by: 'partner-with-evidence', evidence }),
];

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inner, step) => (inner as Record<string, unknown> | null)?.[step], value);
const personalValues = ({ type, data }: KnownEvent) => PERSONAL_FIELDS[type].map((path) => at(data, path));

describe('audit-trail', () => {
  it('has one entry for every event of every type, in log order', async () => {
    expect(new Set(everything.map(({ type }) => type))).toEqual(new Set(ALL_EVENT_TYPES));
    const entries = await givenLog(auditTrail, everything).entries();
    expect(entries.map(({ type }) => type)).toEqual(everything.map(({ type }) => type));
    expect(entries.map(({ eventId: id }) => id)).toEqual(everything.map((_, n) => eventId(n + 1)));
  });

  it('says when, who, what, about whom and where in the log', async () => {
    const [entry] = await givenLog(auditTrail, [established()]).entries();
    expect(entry).toEqual({
      eventId: eventId(1),
      type: 'RelationshipEstablished',
      at: T0,
      actor: ACTOR,
      partnerIds: ['contoso'],
      customerId: 'adatum',
      invitationId: 'invitation-1',
      stream: history([established()])[0]?.stream,
      revision: '0',
      facts: ['reseller', 'own-marketing'],
    });
  });

  it('says of an imported relationship by which portal, and that no privileges follow from it (R4, D3)', async () => {
    const by = { kind: 'portal', portal: 'azure-portal', since: null } as const;
    const [entry] = await givenLog(auditTrail, [established({ origin: null, by })]).entries();
    expect(entry).toMatchObject({ invitationId: null, facts: ['reseller', null, 'azure-portal'] });
    const note = entry && noteOf(entry.type, entry.facts as never);
    expect(note).toContain('imported, as azure-portal shows it; no privileges are inferred');
  });

  it('keeps through whom a person acted', () => {
    const through = { ...ACTOR, through: 'billing-service' };
    const [fact] = history([established()], through);
    expect(fact && auditTrail.unpack(auditTrail.pack(auditTrail.entry(fact))).actor).toEqual(through);
  });

  it('lists an entry by each partner it is about and by its customer', async () => {
    const [p1, p2, p3] = [1, 2, 3].map((n) => positionOf(n).toString());
    const two: KnownEvent = {
      type: 'InvitationCancelled',
      data: { invitationId: 'i', partnerIds: ['contoso', 'fabrikam'], at: T0 },
    };
    const customer = everything.find(({ type }) => type === 'CustomerRegistered') as KnownEvent;
    expect(await givenLog(auditTrail, [two, customer, established()]).lists()).toEqual({
      'partner:contoso': [p1, p3],
      'partner:fabrikam': [p1],
      'customer:adatum': [p2, p3],
    });
  });

  it('has an entry too for an event that names neither partner nor customer', async () => {
    const abandoned = { invitationId: 'i', partnerIds: [], at: T0 };
    const trail = givenLog(auditTrail, [{ type: 'InvitationAbandoned', data: abandoned }, established()]);
    expect((await trail.entries()).map(({ type }) => type)).toEqual(['InvitationAbandoned', 'RelationshipEstablished']);
  });

  it('never copies personal data', () => {
    const seen = everything.flatMap(personalValues);
    expect(seen).toContain('kim.jones@adatum.example');
    for (const fact of history(everything)) {
      const entry = auditTrail.entry(fact);
      const told = auditTrail.pack(entry) + noteOf(entry.type, entry.facts as never);
      for (const value of personalValues(fact.event)) expect(told).not.toContain(value);
    }
  });

  it('has a note in words for every type', () => {
    for (const fact of history(everything)) {
      const { type, facts } = auditTrail.entry(fact);
      expect(noteOf(type, facts as never)).toMatch(/^[A-Z].{15,}\.$/);
      expect(noteOf(type, facts as never)).not.toMatch(/undefined|null|\[object/);
    }
  });
});
