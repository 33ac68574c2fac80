import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Type } from 'class-transformer';
import { ArrayUnique, IsArray, IsDefined, IsIn, IsString, ValidateNested } from 'class-validator';
import type { Recorded } from '../kernel/event.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { InFlight } from '../platform/commands/in-flight.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { within } from '../platform/event-store/within.js';
import { CommandAnswer, commandAnswer } from '../platform/http/answers.js';
import { MayBeLeftOut } from '../platform/http/left-out.js';
import { log } from '../platform/telemetry/log.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import { relationship, requireNotEstablished } from '../relationships/relationship.js';
import { AcceptanceCompletion } from './acceptance.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { accept } from './invitation.decisions.js';
import { CustomerBody, SecretBody } from './invitation.dto.js';
import type { InvitationAccepted } from './invitation.events.js';
import { invitationStream } from './invitation.events.js';
import { invitation } from './invitation.js';

export class AcceptInvitationBody extends SecretBody {
  @IsDefined()
  @ValidateNested()
  @Type(() => CustomerBody)
  customer!: CustomerBody;

  /** Whether the delegated admin privileges that are asked for are granted (D3). */
  @IsIn(['grant', 'refuse'])
  privileges!: 'grant' | 'refuse';

  /** The partners to authorise; all that the invitation names unless stated (D1). */
  @MayBeLeftOut()
  @IsArray()
  @ArrayUnique()
  @IsString({ each: true })
  authorise?: string[];
}

export class PartyOutcomeView {
  partnerId!: string;
  role!: string;
  authorised!: boolean;
  privileges!: string;
}

export class AcceptInvitationAnswer extends CommandAnswer {
  invitationId!: string;
  customerId!: string;
  outcomes!: PartyOutcomeView[];
  /** `established` when `position` is where the relationships stand; `pending` when they follow by themselves. */
  relationships!: 'established' | 'pending';
}

/** The customer accepts; its relationships follow (R14, D1). */
export class AcceptInvitation extends Command<AcceptInvitationAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly customerId: string,
    readonly invitationId: string,
    readonly body: AcceptInvitationBody,
  ) {
    super();
  }
}

/** How long the answer waits for the relationships, in milliseconds. */
const COMPLETION_MS = 3_000;
/** How long an acceptance waits for the same customer's earlier one, in milliseconds, when that one gets no answer. */
const TURN_MS = 500;

@CommandHandler(AcceptInvitation)
export class AcceptInvitationHandler implements ICommandHandler<AcceptInvitation> {
  private readonly inFlight = new InFlight();

  constructor(
    private readonly commands: CommandHandling,
    private readonly store: EventStore,
    private readonly links: InvitationLinks,
    private readonly completion: AcceptanceCompletion,
  ) {}

  /** A customer's acceptances pass one after the other, so that each finds the relationships of those before it (D5). */
  execute(command: AcceptInvitation): Promise<AcceptInvitationAnswer> {
    return this.inFlight.after(command.customerId, () => this.accept(command), TURN_MS);
  }

  private async accept({ context, customerId, invitationId, body }: AcceptInvitation): Promise<AcceptInvitationAnswer> {
    const { customer, privileges, secret, authorise = null } = body;
    const by = {
      secretSha256: this.links.hash(secret),
      customerId,
      customer: { name: customer.name, domain: customer.domain },
      grantPrivileges: privileges === 'grant',
      authorise,
      at: context.now,
    };
    const outcome = await this.commands.handle(invitationStream(invitationId), invitation, context, async (state) => {
      const events = accept(state, by);
      await this.requireNoRelationships(events[0] as InvitationAccepted);
      return events;
    });
    const accepted = outcome.events[0] as Recorded<InvitationAccepted>;
    const { outcomes } = accepted.event.data;
    return {
      ...commandAnswer(outcome),
      invitationId,
      customerId,
      outcomes: [...outcomes],
      ...(await this.settle(accepted)),
    };
  }

  private async settle(
    accepted: Recorded<InvitationAccepted>,
  ): Promise<Pick<AcceptInvitationAnswer, 'relationships'> & { position?: string }> {
    try {
      const position = await within(COMPLETION_MS, this.completion.complete(accepted));
      return { relationships: 'established', position: position.toString() };
    } catch (error) {
      const { stream, position } = accepted;
      const remedy = 'none needed: the acceptance workflow completes it';
      log.warn({ err: error, stream, position: `${position}`, remedy }, 'relationships are still pending');
      return { relationships: 'pending' };
    }
  }

  /** A relationship that stands already is not asked for again; the others may still be authorised (D5). */
  private async requireNoRelationships({ data }: InvitationAccepted): Promise<void> {
    for (const { partnerId, authorised } of data.outcomes) {
      if (!authorised) continue;
      const stream = relationshipStream(partnerId, data.customerId);
      if (await this.store.isVacant(stream)) continue;
      const stands = await this.store.load(stream, relationship);
      requireNotEstablished(stands.state, partnerId);
    }
  }
}
