import { Module } from '@nestjs/common';
import { AcceptInvitationHandler } from './accept-invitation.command.js';
import { AcceptanceModule } from './acceptance.module.js';
import { CancelInvitationHandler } from './cancel-invitation.command.js';
import { CloseDraftHandler } from './close-draft.command.js';
import { DeclineInvitationHandler } from './decline-invitation.command.js';
import { EditDraftHandler } from './edit-draft.command.js';
import { InvitationFacts } from './invitation-facts.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { InvitationsController } from './invitations.http.js';
import { ListInvitationsHandler } from './list-invitations.query.js';
import { ListedInvitationsController } from './listed-invitations.http.js';
import { LandingController } from './landing.http.js';
import { GetOwnInvitationHandler } from './own-invitation.query.js';
import { OwnInvitations } from './own-invitations.service.js';
import { ViewReceivedInvitationHandler } from './received-invitation.query.js';
import { ReceivedInvitationsController } from './received-invitations.http.js';
import { DraftTemplates } from './draft-templates.service.js';
import { OpenInvitations } from './open-invitations.service.js';
import { ReissueLinkHandler } from './reissue-link.command.js';
import { RequestInvitationHandler } from './request-invitation.command.js';

@Module({
  imports: [AcceptanceModule],
  controllers: [InvitationsController, ListedInvitationsController, ReceivedInvitationsController, LandingController],
  providers: [
    InvitationLinks,
    OwnInvitations,
    OpenInvitations,
    DraftTemplates,
    InvitationFacts,
    RequestInvitationHandler,
    EditDraftHandler,
    CloseDraftHandler,
    CancelInvitationHandler,
    ReissueLinkHandler,
    AcceptInvitationHandler,
    DeclineInvitationHandler,
    GetOwnInvitationHandler,
    ListInvitationsHandler,
    ViewReceivedInvitationHandler,
  ],
})
export class InvitationsModule {}
