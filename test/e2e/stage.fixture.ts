import { createHash, createHmac, randomUUID } from 'node:crypto';
import { EventStoreDBClient, NO_STREAM, START, jsonEvent } from '@eventstore/db-client';
import type { CryptoKey } from 'jose';
import { Redis } from 'ioredis';
import { Api } from '../support/api.js';
import type { Server } from '../support/servers.js';
import { scratchFolder, startEventStore, startRedis } from '../support/servers.js';
import type { Service } from '../support/service.js';
import { Issuer, LINK_KEY, startService } from '../support/service.js';

export const ENROLMENT = { name: 'Contoso Cloud', kind: 'indirect-reseller' };
export const CONTACT_NAME = 'Ana Souza';
let contacts = 0;
/** What to ask for: an invitation to a contact that nobody has invited yet (D5). */
export const anInvitation = () => ({
  contact: { name: CONTACT_NAME, email: `ana.souza.${(contacts += 1)}@fabrikam.example` },
  origin: 'own-marketing',
});
export const CUSTOMER = { name: 'Fabrikam', domain: 'fabrikam.example' };
const INVITATIONS = '/v1/partners/contoso/invitations';
const PARTNER = { sub: 'alice', role: 'partner-admin-agent', partner_id: 'contoso' };

export interface Logged {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** The service with an event store, a Redis and an identity provider of its own, and its callers. */
export class Stage {
  readonly partner: Api;
  readonly customer: Api;
  readonly auditor: Api;
  readonly service: Api;

  constructor(
    readonly running: Service,
    readonly store: EventStoreDBClient,
    readonly redis: Server,
    private readonly issuer: Issuer,
    tokens: Record<'partner' | 'customer' | 'auditor' | 'service', string>,
    readonly startAnother: () => Promise<Service>,
    readonly close: () => Promise<void>,
  ) {
    this.partner = this.with(tokens.partner);
    this.customer = this.with(tokens.customer);
    this.auditor = this.with(tokens.auditor);
    this.service = this.with(tokens.service);
  }

  get url(): string {
    return this.running.url;
  }

  with(token: string): Api {
    return new Api(this.url, token);
  }

  /** A token of the partner's admin agent, with these claims changed. */
  token(claims: Record<string, unknown> = {}, key?: CryptoKey): Promise<string> {
    return this.issuer.sign({ ...PARTNER, ...claims }, key);
  }

  customerToken(customerId: string): Promise<string> {
    return this.issuer.sign({ sub: 'bob', role: 'customer-global-admin', customer_id: customerId });
  }

  /** An invitation of contoso's that has been sent. */
  async invite(asked: object = anInvitation()) {
    const { body } = await this.partner.post(INVITATIONS, { ...asked, done: true });
    const { draft, position } = body;
    const { invitationId } = body.invitation as { invitationId: string };
    const link = draft.link as string;
    const secret = link.split('#')[1] ?? '';
    return { invitationId, path: `/v1/invitations/${invitationId}`, link, secret, position: position as string };
  }

  /** An invitation that expired yesterday, written as the service would have written it then. */
  async inviteInThePast(asked: object = anInvitation()) {
    const invitationId = randomUUID();
    const mac = createHmac('sha256', LINK_KEY.key).update(`invitation-link\n${invitationId}\n1`).digest('base64url');
    const secret = `${LINK_KEY.id}.${mac}`;
    const of = { invitationId, partnerIds: ['contoso'], at: '2026-01-01T00:00:00.000Z' };
    const drafted = {
      ...of,
      parties: [{ partnerId: 'contoso', role: 'reseller' }],
      ...asked,
      requestedBy: 'contoso',
      privilegesRequested: true,
      validForDays: 30,
      locale: 'en',
      draft: { subject: 'Hello', text: '{{invitation-link}}' },
      link: { issue: 1, keyId: LINK_KEY.id, secretSha256: createHash('sha256').update(secret).digest('hex') },
    };
    const sent = { ...of, expiresAt: new Date(Date.now() - 86_400_000).toISOString() };
    await this.append(`invitation-${invitationId}`, [
      ['InvitationDrafted', drafted],
      ['InvitationSent', sent],
    ]);
    return { invitationId, path: `/v1/invitations/${invitationId}`, secret };
  }

  /** Lets an invitation of contoso's hold the one place there is for a contact, as its request did first of all. */
  async reserve(email: string, invitationId: string): Promise<void> {
    const place = JSON.stringify([['contoso'], email]);
    const mac = createHmac('sha256', LINK_KEY.key).update(`open-invitation\n${place}`).digest('hex');
    const reserved = { invitationId, partnerIds: ['contoso'], at: '2026-01-01T00:00:00.000Z' };
    await this.append(`open-invitation-${mac}`, [['InvitationReserved', reserved]]);
  }

  /** Writes history directly, as an earlier run of the service has. */
  async append(stream: string, events: readonly (readonly [type: string, data: object])[]): Promise<void> {
    const { sub: subject, partner_id: partnerId } = PARTNER;
    const id = randomUUID();
    const metadata = {
      actor: { kind: 'partner', subject, role: 'admin-agent', partnerId },
      ...{ commandId: id, fingerprint: 'test:0', correlationId: id, causationId: id, schemaVersion: 1 },
    };
    const wire = events.map(([type, data]) => jsonEvent({ type, data: data as never, metadata }));
    await this.store.appendToStream(stream, wire, { expectedRevision: NO_STREAM });
  }

  async stream(name: string): Promise<Logged[]> {
    const all: Logged[] = [];
    for await (const { event } of this.store.readStream(name, { fromRevision: START })) if (event) all.push(event);
    return all;
  }

  /** How many events of the domain the log holds. */
  async eventCount(): Promise<number> {
    return (await this.all()).length;
  }

  async wholeLog(): Promise<string> {
    return JSON.stringify(await this.all());
  }

  /** Every key of Redis with its value, as Redis itself would save it, and readable. */
  async wholeRedis(): Promise<string> {
    const redis = new Redis(this.redis.url);
    try {
      const keys = await redis.keys('*');
      const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
      return [...keys, ...dumps.map((dump) => dump?.toString('latin1') ?? '')].join('\n');
    } finally {
      redis.disconnect();
    }
  }

  serviceLog(): string {
    return this.running.log;
  }

  private async all(): Promise<object[]> {
    const all: object[] = [];
    for await (const { event } of this.store.readAll())
      if (event && /^[A-Z]/.test(event.type) && event.type !== 'FollowerCheckpointed')
        all.push({ stream: event.streamId, type: event.type, data: event.data, metadata: event.metadata });
    return all;
  }
}

/** Starts everything; `env` is added to the service's environment. */
export const openStage = async (env: Record<string, string> = {}): Promise<Stage> => {
  const folder = await scratchFolder();
  const [eventStore, redis, issuer] = await Promise.all([
    startEventStore(`${folder.path}/event-store`),
    startRedis(folder.path),
    Issuer.in(folder.path),
  ]);
  const address = { EVENTSTORE_URL: eventStore.url, REDIS_URL: redis.url, DATA_DIR: `${folder.path}/data` };
  const start = () => startService({ ...address, ...issuer.environment, ...env });
  const service = await start();
  const store = EventStoreDBClient.connectionString(eventStore.url);
  const tokens = {
    partner: await issuer.sign(PARTNER),
    customer: await issuer.sign({ sub: 'bob', role: 'customer-global-admin', customer_id: 'fabrikam' }),
    auditor: await issuer.sign({ sub: 'carol', role: 'auditor' }),
    service: await issuer.sign({ sub: 'billing', role: 'service' }),
  };
  const close = async () => {
    await service.kill('SIGTERM');
    await store.dispose();
    await Promise.all([eventStore.kill(), redis.kill()]);
    await folder.remove();
  };
  return new Stage(service, store, redis, issuer, tokens, start, close);
};
