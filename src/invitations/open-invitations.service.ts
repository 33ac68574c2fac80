import { Injectable } from '@nestjs/common';
import { Rejection } from '../kernel/rejection.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { derivedId } from '../platform/commands/command-context.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { pause } from '../platform/event-store/within.js';
import { SecretKeys } from '../platform/secrets/secret-keys.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import { relationship, requireNotEstablished } from '../relationships/relationship.js';
import { abandon, noteExpiry } from './invitation.decisions.js';
import type { InvitationDrafted } from './invitation.events.js';
import { invitationStream } from './invitation.events.js';
import type { Invitation, KnownInvitation } from './invitation.js';
import { invitation, isKnown, statusAt } from './invitation.js';
import type { OpenInvitation } from './open-invitation.js';
import { openInvitation, openInvitationStream, placeOf, reserve } from './open-invitation.js';

/** How often to look whether a holder's own request completes, and the milliseconds in between. */
const LOOKS = 20;
const LOOK_MS = 50;

/** Sees to it that the same partners have one open invitation to the same contact (D5): see ADR 007. */
@Injectable()
export class OpenInvitations {
  constructor(
    private readonly store: EventStore,
    private readonly commands: CommandHandling,
    private readonly keys: SecretKeys,
  ) {}

  /**
   * Takes the place for this invitation.
   * @throws Rejection `invitation-open` naming the open one, `relationship-exists`
   */
  async claim(asked: InvitationDrafted['data'], context: CommandContext): Promise<void> {
    const { invitationId, partnerIds, contact, at } = asked;
    const place = placeOf(partnerIds, contact.email);
    const [present = '', ...former] = this.keys.ids.map((keyId) => this.streamOf(place, keyId));
    for (const stream of former) await this.requireFree(stream, invitationId, context);
    const own = { ...context, commandId: derivedId(context.commandId, 'reserve'), expectedRevision: null };
    const decide = async ({ holder }: OpenInvitation) => {
      if (holder !== null && holder !== invitationId) await this.settle(holder, context);
      return reserve(holder, { invitationId, partnerIds, at });
    };
    await this.commands.handle(present, openInvitation, own, decide, { likelyNew: true });
  }

  /** What is open at this moment of the invitations to this contact by any of these combinations of partners. */
  async openTo(email: string, combinations: readonly (readonly string[])[], now: string): Promise<KnownInvitation[]> {
    const places = combinations.map((partnerIds) => placeOf(partnerIds, email));
    const streams = places.flatMap((place) => this.keys.ids.map((keyId) => this.streamOf(place, keyId)));
    const reserved = await Promise.all(streams.map((stream) => this.store.load(stream, openInvitation)));
    const holders = new Set(reserved.flatMap(({ state }) => state.holder ?? []));
    const held = await Promise.all([...holders].map((id) => this.store.load(invitationStream(id), invitation)));
    return held.flatMap(({ state }) => (isKnown(state) && isOpenAt(state, now) ? [state] : []));
  }

  private streamOf(place: string, keyId: string): string {
    return openInvitationStream(this.keys.hmac('open-invitation', place, 'hex', keyId));
  }

  private async requireFree(stream: string, invitationId: string, context: CommandContext): Promise<void> {
    const { holder } = (await this.store.load(stream, openInvitation)).state;
    if (holder !== null && holder !== invitationId) await this.settle(holder, context);
  }

  /** Makes sure that the holder is not, and will never again be, an open invitation. */
  private async settle(holder: string, context: CommandContext): Promise<void> {
    const state = await this.onceCompleted(holder);
    if (state.status === 'unknown') return this.change(holder, context, 'abandon');
    if (!isKnown(state)) return;
    const status = statusAt(state, context.now);
    if (isOpenAt(state, context.now)) throw stillOpen(state);
    if (status === 'expired') return this.change(holder, context, 'expire');
    if (state.acceptedBy !== undefined) await this.requireEnded(state, state.acceptedBy);
  }

  /** The invitation, given the time that its own request may still need between taking the place and drafting. */
  private async onceCompleted(invitationId: string): Promise<Invitation> {
    for (let looks = 1; ; looks += 1) {
      const { state } = await this.store.load(invitationStream(invitationId), invitation);
      if (state.status !== 'unknown' || looks === LOOKS) return state;
      await pause(LOOK_MS);
    }
  }

  /** Ends the holder in its own stream, so that its request, or a re-issue, meets a conflict however late it comes. */
  private async change(holder: string, context: CommandContext, how: 'abandon' | 'expire'): Promise<void> {
    const own = { ...context, commandId: derivedId(context.commandId, `${how}:${holder}`), expectedRevision: null };
    await this.commands.handle(invitationStream(holder), invitation, own, (state) => {
      if (isKnown(state) && isOpenAt(state, context.now)) throw stillOpen(state);
      return isKnown(state) ? noteExpiry(state, context.now) : abandon(state, holder, context.now);
    });
  }

  private async requireEnded({ parties }: KnownInvitation, customerId: string): Promise<void> {
    for (const { partnerId } of parties) {
      const stands = await this.store.load(relationshipStream(partnerId, customerId), relationship);
      requireNotEstablished(stands.state, partnerId);
    }
  }
}

const isOpenAt = (state: KnownInvitation, now: string): boolean => ['drafted', 'sent'].includes(statusAt(state, now));

const stillOpen = ({ invitationId, status }: KnownInvitation): Rejection =>
  new Rejection('conflict', 'invitation-open', `The invitation ${invitationId} to this contact is still open.`, {
    rule: 'D5',
    state: status,
    next: status === 'drafted' ? `Use or cancel ${invitationId}.` : `Use, re-issue or cancel ${invitationId}.`,
  });
