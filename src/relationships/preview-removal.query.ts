import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import type { PairHistory } from '../customers/pair-history.js';
import { PairHistories } from '../customers/pair-histories.service.js';
import { invitationStream } from '../invitations/invitation.events.js';
import type { KnownInvitation } from '../invitations/invitation.js';
import { invitation, isKnown } from '../invitations/invitation.js';
import { OpenInvitations } from '../invitations/open-invitations.service.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { MayBeLeftOut } from '../platform/http/left-out.js';
import { currentAttestation } from './attestation.js';
import type { RelationshipEvent } from './relationship.events.js';
import { RelationshipRole, relationshipStream } from './relationship.events.js';
import { AttestationBody, NoticeBody, PrivilegesStatusView, StatedNoticeView, noticeFrom } from './removal.dto.js';
import type { OpenInvitationLeft } from './removal-preview.js';
import { removalPreview } from './removal-preview.js';

export class PreviewRemovalBody {
  /** What the removal would state of the legal notice (R28). */
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => NoticeBody)
  notice?: NoticeBody;
}

export class StayingRelationshipView {
  readonly partnerId!: string;
  readonly role!: RelationshipRole;
  readonly since!: string;
}

export class OpenInvitationView {
  readonly invitationId!: string;
  readonly partnerIds!: string[];
  readonly status!: 'drafted' | 'sent';
  /** Null for a draft. */
  readonly expiresAt!: string | null;
}

export class RemovalPreviewView {
  readonly partnerId!: string;
  readonly customerId!: string;
  readonly role!: RelationshipRole;
  readonly since!: string;
  /** What the removal leaves exactly as it is (R25). */
  readonly privileges!: PrivilegesStatusView;
  /** The relationships of the partner's providers, and of whoever was invited along with it, which stay (D2). */
  readonly staying!: StayingRelationshipView[];
  /**
   * Still open to the contact whose acceptance the relationship rests on, by the partner alone or with another; the
   * removal cancels none of them (D5).
   */
  readonly openInvitations!: OpenInvitationView[];
  /** As stated in the request; null when nothing was. */
  readonly notice!: StatedNoticeView | null;
  /** To be stated word for word by the removal (R26, R27). */
  readonly attestation!: AttestationBody;
  /** What the removal does and what it does not, in words. */
  readonly consequences!: string[];
  /** The relationship's revision; send the ETag as If-Match to remove exactly what was reviewed. */
  readonly revision!: string;
}

/** What a removal would leave behind. Changes nothing. */
export class PreviewRemoval extends Query<RemovalPreviewView> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly notice: NoticeBody | undefined,
  ) {
    super();
  }
}

interface Known {
  readonly history: PairHistory;
  readonly basis: KnownInvitation | null;
}

@QueryHandler(PreviewRemoval)
export class PreviewRemovalHandler implements IQueryHandler<PreviewRemoval> {
  constructor(
    private readonly histories: PairHistories,
    private readonly store: EventStore,
    private readonly open: OpenInvitations,
  ) {}

  async execute({ partnerId, customerId, notice }: PreviewRemoval): Promise<RemovalPreviewView> {
    const history = await this.histories.of(partnerId, customerId);
    const basis = await this.basisOf(history);
    const others = await this.othersIn(partnerId, customerId, { history, basis });
    const left = basis ? await this.openInvitations(partnerId, [...others.keys()], basis) : [];
    const previewed = removalPreview({ ...history, providers: others }, notice ? noticeFrom(notice) : null, left);
    const { staying, consequences, openInvitations, ...preview } = previewed;
    return {
      ...{ partnerId, customerId, ...preview },
      staying: [...staying],
      openInvitations: openInvitations.map((one) => ({ ...one, partnerIds: [...one.partnerIds] })),
      consequences: [...consequences],
      attestation: currentAttestation(),
      revision: String(history.relationship.at(-1)?.revision),
    };
  }

  /** The invitation that the relationship rests on; an imported one rests on none (R4). */
  private async basisOf({ relationship }: PairHistory): Promise<KnownInvitation | null> {
    const established = relationship.findLast(({ event }) => event.type === 'RelationshipEstablished')?.event;
    if (established?.type !== 'RelationshipEstablished' || established.data.by.kind !== 'invitation') return null;
    const { state } = await this.store.load(invitationStream(established.data.by.invitationId), invitation);
    return isKnown(state) ? state : null;
  }

  /** The relationships of the reseller's providers, and of whoever was invited along with the partner (D2). */
  private async othersIn(partnerId: string, customerId: string, { history, basis }: Known) {
    const invited = (basis?.parties ?? []).map((party) => party.partnerId);
    const more = invited.filter((id) => id !== partnerId && !history.providers.has(id));
    const read = (id: string) => this.store.readDated<RelationshipEvent>(relationshipStream(id, customerId));
    const found = await Promise.all(more.map(async (id) => [id, await read(id)] as const));
    return new Map([...history.providers, ...found]);
  }

  /** To the contact of that invitation, by the partner alone or together with any of the others. */
  private async openInvitations(partnerId: string, others: readonly string[], { contact }: KnownInvitation) {
    const combinations = [[partnerId], ...others.map((other) => [partnerId, other])];
    const open = await this.open.openTo(contact.email, combinations, new Date().toISOString());
    return open.map(({ invitationId, parties, expiresAt = null }): OpenInvitationLeft => ({
      ...{ invitationId, partnerIds: parties.map((party) => party.partnerId), expiresAt },
      status: expiresAt === null ? 'drafted' : 'sent',
    }));
  }
}
