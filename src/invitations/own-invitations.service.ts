import { Injectable } from '@nestjs/common';
import type { CommandContext } from '../platform/commands/command-context.js';
import type { HandlingOptions } from '../platform/commands/command-handling.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { commandAnswer } from '../platform/http/answers.js';
import { mailto, renderDraft } from './draft.js';
import { InvitationLinks } from './invitation-links.service.js';
import type { DraftView, InvitationAnswer, InvitationView } from './invitation.dto.js';
import type { InvitationEvent } from './invitation.events.js';
import { invitationStream } from './invitation.events.js';
import type { Invitation, KnownInvitation } from './invitation.js';
import { invitation, requireOwn, statusAt } from './invitation.js';

type Decide = (state: Invitation) => readonly InvitationEvent[] | Promise<readonly InvitationEvent[]>;

/** What a partner does with its own invitations, and how it sees them: with the link in the draft again (D6). */
@Injectable()
export class OwnInvitations {
  constructor(
    private readonly commands: CommandHandling,
    private readonly links: InvitationLinks,
  ) {}

  /** Carries out a partner's command on one of its invitations. */
  async change(
    context: CommandContext,
    partnerId: string,
    invitationId: string,
    decide: Decide,
    options: HandlingOptions = {},
  ): Promise<InvitationAnswer> {
    const outcome = await this.commands.handle(invitationStream(invitationId), invitation, context, decide, options);
    return { ...commandAnswer(outcome), ...this.view(requireOwn(outcome.state, partnerId), context.now) };
  }

  view(known: KnownInvitation, now: string): { invitation: InvitationView; draft: DraftView } {
    const { draft, link: issue, parties, ...shown } = known;
    const link = this.links.linkFor(known.invitationId, issue);
    const rendered = renderDraft(draft, link);
    return {
      invitation: { ...shown, partnerIds: parties.map(({ partnerId }) => partnerId), status: statusAt(known, now) },
      draft: { ...rendered, link, mailto: mailto(known.contact, rendered) },
    };
  }
}
