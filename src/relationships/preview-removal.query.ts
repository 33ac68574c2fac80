import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { PairHistories } from '../customers/pair-histories.service.js';
import { currentAttestation } from './attestation.js';
import { RelationshipRole } from './relationship.events.js';
import { AttestationBody, NoticeBody, PrivilegesStatusView, StatedNoticeView, noticeFrom } from './removal.dto.js';
import { removalPreview } from './removal-preview.js';

export class PreviewRemovalBody {
  /** What the removal would state of the legal notice (R28). */
  @IsOptional()
  @ValidateNested()
  @Type(() => NoticeBody)
  notice?: NoticeBody;
}

export class StayingRelationshipView {
  readonly partnerId!: string;
  readonly role!: RelationshipRole;
  readonly since!: string;
}

export class RemovalPreviewView {
  readonly partnerId!: string;
  readonly customerId!: string;
  readonly role!: RelationshipRole;
  readonly since!: string;
  /** What the removal leaves exactly as it is (R25). */
  readonly privileges!: PrivilegesStatusView;
  /** The connected providers' own relationships with the customer, which stay (D2). */
  readonly staying!: StayingRelationshipView[];
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

@QueryHandler(PreviewRemoval)
export class PreviewRemovalHandler implements IQueryHandler<PreviewRemoval> {
  constructor(private readonly histories: PairHistories) {}

  async execute({ partnerId, customerId, notice }: PreviewRemoval): Promise<RemovalPreviewView> {
    const history = await this.histories.of(partnerId, customerId);
    const { staying, consequences, ...preview } = removalPreview(history, notice ? noticeFrom(notice) : null);
    return {
      ...{ partnerId, customerId, ...preview },
      staying: [...staying],
      consequences: [...consequences],
      attestation: currentAttestation(),
      revision: String(history.relationship.at(-1)?.revision),
    };
  }
}
