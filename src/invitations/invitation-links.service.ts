import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { remembered } from '../../projections/kernel/remembered.js';
import { Rejection } from '../kernel/rejection.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.js';
import { holdsLinkSecret } from '../platform/http/free-text.js';
import { SecretKeys } from '../platform/secrets/secret-keys.js';
import { LINK_PLACEHOLDER } from './draft.js';
import type { Draft, LinkIssue } from './invitation.events.js';

const REMEMBERED = 1_000;

/** Derives personal links (D6): the same invitation and issue always give the same link, and only its hash is kept. */
@Injectable()
export class InvitationLinks {
  /** A command asks for its invitation's secret when it decides and again when it answers. */
  private readonly secretOf = remembered((place) => this.derive(place), REMEMBERED);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly keys: SecretKeys,
  ) {}

  /** What an invitation keeps of its link number `issue`, made with the current key. */
  issue(invitationId: string, issue: number): LinkIssue {
    const keyId = this.keys.currentId;
    return { issue, keyId, secretSha256: this.hash(this.secret(invitationId, issue, keyId)) };
  }

  /** The whole link again, from what was kept of it. */
  linkFor(invitationId: string, { issue, keyId }: LinkIssue): string {
    return `${this.config.invitationUrl}/${invitationId}#${this.secret(invitationId, issue, keyId)}`;
  }

  /** SHA-256 in hex of the secret in a link's fragment. */
  hash(secret: string): string {
    return createHash('sha256').update(secret).digest('hex');
  }

  /**
   * The draft as it may be stored: the placeholder instead of the link, and no secret, be it this invitation's own in any
   * other place than its link, or another one's (R11, D6).
   * @throws Rejection `draft-with-foreign-link`
   */
  seal(draft: Draft, link: string): Draft {
    const text = draft.text
      .replaceAll(LINK_PLACEHOLDER, '')
      .replaceAll(link, (found, at: number, whole: string) =>
        standsAlone(whole, at, at + found.length) ? LINK_PLACEHOLDER : found,
      );
    const own = link.slice(link.lastIndexOf('.') + 1);
    const holdsSecret = (part: string) => part.includes(own) || holdsLinkSecret(part);
    if (holdsSecret(draft.subject)) throw foreignLink('/subject');
    if (holdsSecret(text)) throw foreignLink('/text');
    return { subject: draft.subject, text };
  }

  private secret(invitationId: string, issue: number, keyId: string): string {
    return this.secretOf(`${invitationId}\n${issue}\n${keyId}`);
  }

  private derive(place: string): string {
    const [invitationId, issue, keyId = ''] = place.split('\n');
    return `${keyId}.${this.keys.hmac('invitation-link', `${invitationId}\n${issue}`, 'base64url', keyId)}`;
  }
}

/** Nothing runs on into the link: with one more letter it is another link, which leads nowhere. */
const standsAlone = (text: string, from: number, to: number): boolean =>
  !/\w/.test(text.charAt(from - 1)) && !/[\w-]/.test(text.charAt(to));

const foreignLink = (pointer: string): Rejection =>
  new Rejection('invalid', 'draft-with-foreign-link', "There is a secret here outside of this invitation's own link.", {
    rule: 'R11',
    pointer,
    state: 'drafted',
    next: 'Take it out, and leave the link exactly as the draft shows it, with nothing run on into it.',
  });
