import { Injectable } from '@nestjs/common';
import { partnerStream } from '../partners/partner.events.js';
import type { EnrolledPartner, Partner } from '../partners/partner.js';
import { partner, requireConnected, requireEnrolled } from '../partners/partner.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import type { Origin } from '../relationships/relationship.events.js';
import { DraftTemplates } from './draft-templates.service.js';
import { firstDraft } from './draft.js';
import { InvitationLinks } from './invitation-links.service.js';
import type { Contact, InvitationDrafted, Locale, Party } from './invitation.events.js';

/** What a partner asks for. */
export interface InvitationRequest {
  readonly contact: Contact;
  /** The provider to be asked for along with the reseller, null for none (C18). */
  readonly providerId: string | null;
  readonly origin: Origin;
  readonly privileges: boolean;
  readonly validForDays: number;
  readonly locale: Locale;
}

/** Puts together what an invitation says: its parties, its draft in their names, and its personal link. */
@Injectable()
export class InvitationFacts {
  constructor(
    private readonly commands: CommandHandling,
    private readonly links: InvitationLinks,
    private readonly templates: DraftTemplates,
  ) {}

  /** @throws Rejection `partner-not-enrolled` (R2), `provider-not-connected` (C18) */
  async of(
    invitationId: string,
    partnerId: string,
    request: InvitationRequest,
    at: string,
  ): Promise<InvitationDrafted['data']> {
    const { contact, providerId, origin, privileges, validForDays, locale } = request;
    const own = await this.partner(partnerId, providerId);
    const provider = providerId === null ? null : await this.partner(providerId, null);
    const parties = [own, ...(provider ? [provider] : [])].map(asParty);
    const names = { partner: own.name, provider: provider?.name ?? null, contact: contact.name };
    return {
      invitationId,
      partnerIds: parties.map((party) => party.partnerId),
      requestedBy: partnerId,
      parties,
      contact,
      origin,
      privilegesRequested: privileges,
      validForDays,
      locale,
      draft: firstDraft(this.templates.in(locale), names, privileges),
      link: this.links.issue(invitationId, 1),
      at,
    };
  }

  /** The enrolled partner; a joint invitation is for one provider that it is connected to (C18). */
  private async partner(partnerId: string, providerId: string | null): Promise<EnrolledPartner> {
    const isEnrolled = ({ status }: Partner) => status === 'enrolled';
    const isReady = (state: Partner) => providerId === null && isEnrolled(state);
    const state = await this.commands.known(partnerStream(partnerId), partner, isReady);
    if (providerId !== null) requireConnected(state, providerId);
    return requireEnrolled(state);
  }
}

/** Each stands in the relationship in its own capacity (R3). */
const asParty = ({ partnerId, kind }: EnrolledPartner): Party => ({
  partnerId,
  role: kind === 'indirect-provider' ? 'provider' : 'reseller',
});
