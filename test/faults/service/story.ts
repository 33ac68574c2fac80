import { currentAttestation } from '../../../src/relationships/attestation.js';
import type { Clients } from './clients.js';
import type { World } from './world.js';

export const PARTNERS = ['contoso', 'tailspin', 'wingtip'] as const;

const REMOVAL = {
  reason: 'The contract has ended',
  attestation: currentAttestation(),
  notice: { required: false, to: null, given: false },
};
/** Of an act of the customer's just now: one from before the grant would be evidence of nothing. */
const evidence = () => ({ evidence: { reference: 'entry-1', actedAt: new Date().toISOString() } });

interface Invited {
  readonly path: string;
  readonly body: object;
}

/** One partner's customer. Three stories that begin together are about the same customer. */
export class Pair {
  readonly partnerId: string;
  readonly customerId: string;

  constructor(
    private readonly clients: Clients,
    private readonly world: World,
    private readonly story: number,
  ) {
    this.partnerId = PARTNERS[story % PARTNERS.length] ?? '';
    this.customerId = `customer-${Math.floor(story / PARTNERS.length)}`;
  }

  private readonly partner = () => this.world.partner(this.partnerId);
  private readonly customer = () => this.world.customer(this.customerId);

  /** What the customer needs to accept. */
  async invite(privileges: 'grant' | 'refuse'): Promise<Invited> {
    const contact = { name: 'Ana Souza', email: `ana-${this.story}@fabrikam.example` };
    const body = { contact, origin: 'own-marketing', done: true };
    const path = `/v1/partners/${this.partnerId}/invitations`;
    const { invitation, draft } = await this.clients.command(this.partner, path, body);
    const secret = draft.link.split('#')[1];
    const customer = { name: `${this.story % 2 ? 'fabrikam' : 'Fabrikam'} ${this.customerId}`, domain: 'f.example' };
    return { path: `/v1/invitations/${invitation.invitationId}/accept`, body: { secret, customer, privileges } };
  }

  async meet(privileges: 'grant' | 'refuse'): Promise<void> {
    const { path, body } = await this.invite(privileges);
    await this.clients.command(this.customer, path, body);
  }

  /** Sends the acceptance once, and never again: whoever sent it is gone before there is an answer. */
  async acceptOnce({ path, body }: Invited): Promise<void> {
    const api = await this.customer();
    await this.clients.journal.note(path, () => api.post(path, body));
  }

  async part(): Promise<void> {
    const path = `/v1/partners/${this.partnerId}/customers/${this.customerId}/removal`;
    await this.clients.command(this.partner, path, REMOVAL);
  }

  async revoke(): Promise<void> {
    const path = `/v1/customers/${this.customerId}/partners/${this.partnerId}/privileges/revocation`;
    await this.clients.command(this.customer, path);
  }

  async reportRevocation(): Promise<void> {
    const path = `/v1/partners/${this.partnerId}/customers/${this.customerId}/privileges/revocation`;
    await this.clients.command(this.partner, path, evidence());
  }
}

const PLOTS: readonly ((pair: Pair) => Promise<void>)[] = [
  (pair) => pair.meet('grant'),
  (pair) => pair.meet('grant').then(() => pair.part()),
  (pair) => pair.meet('refuse').then(() => pair.part()),
  (pair) => pair.meet('grant').then(() => pair.reportRevocation()),
  async (pair) => {
    await pair.meet('grant');
    await pair.part();
    await pair.revoke();
    await pair.meet('grant');
  },
];

/** Plays one story to its end; none of its commands is ever refused. */
export const playStory = async (clients: Clients, world: World, story: number): Promise<void> =>
  PLOTS[story % PLOTS.length]?.(new Pair(clients, world, story));
