import { IsEmail, IsFQDN, IsString, Length } from 'class-validator';
import { CommandAnswer } from '../platform/http/answers.js';
import { IsOneLine, IsProse, NoLinkSecret } from '../platform/http/free-text.js';
import type { InvitationStatus } from './invitation.js';

export class ContactBody {
  /** @example "Ana Souza" */
  @Length(1, 200)
  @IsOneLine()
  @NoLinkSecret()
  name!: string;

  /** @example ana.souza@fabrikam.example */
  @IsEmail()
  email!: string;
}

export class CustomerBody {
  /** @example Fabrikam */
  @Length(1, 200)
  @IsOneLine()
  @NoLinkSecret()
  name!: string;

  /** @example fabrikam.example */
  @IsFQDN()
  domain!: string;
}

export class DraftBody {
  /** @example "Contoso invites you" */
  @Length(1, 200)
  @IsOneLine()
  subject!: string;

  /**
   * Must still contain the personal link, exactly as the draft shows it (R11).
   * @example "Dear Ana, please open https://portal.example/invitations/0e6f2b5a-…#k1.… to accept."
   */
  @Length(1, 20_000)
  @IsProse()
  text!: string;
}

export class SecretBody {
  /**
   * The part of the personal link after `#`.
   * @example "k1.FXEwr3iBlqP5U-XbNCBmntukGfhHbKKl4Z9WM_jlY08"
   */
  @IsString()
  @Length(1, 200)
  secret!: string;
}

export class DraftView {
  subject!: string;
  /** Plain text, to copy. */
  text!: string;
  link!: string;
  /** Opens the draft in a mail program. */
  mailto!: string;
}

export class InvitationView {
  invitationId!: string;
  status!: InvitationStatus;
  partnerIds!: string[];
  contact!: ContactBody;
  origin!: string;
  privilegesRequested!: boolean;
  validForDays!: number;
  /** Set once it is sent. */
  expiresAt?: string;
  /** Why the customer declined, once it has (D4). */
  declineReason?: string;
}

/** An invitation as its partner sees it, with the draft to copy or to open in a mail program (C9, C10). */
export class OwnInvitation {
  invitation!: InvitationView;
  draft!: DraftView;
  revision!: string;
}

export class InvitationAnswer extends CommandAnswer {
  invitation!: InvitationView;
  draft!: DraftView;
}
