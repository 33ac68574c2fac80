import { Module } from '@nestjs/common';
import { PairHistories } from '../customers/pair-histories.service.js';
import { OpenInvitations } from '../invitations/open-invitations.service.js';
import { AttestationsController } from './attestations.http.js';
import { GiveNoticeHandler } from './give-notice.command.js';
import { ListNoticesHandler } from './list-notices.query.js';
import { NoticesController } from './notices.http.js';
import { PreviewRemovalHandler } from './preview-removal.query.js';
import { RelationshipsController } from './relationships.http.js';
import { RemoveRelationshipHandler } from './remove-relationship.command.js';

@Module({
  controllers: [RelationshipsController, AttestationsController, NoticesController],
  providers: [
    PairHistories,
    OpenInvitations,
    RemoveRelationshipHandler,
    PreviewRemovalHandler,
    GiveNoticeHandler,
    ListNoticesHandler,
  ],
})
export class RelationshipsModule {}
