import { IsUUID, Matches } from 'class-validator';

const ID = /^[A-Za-z0-9-]{1,64}$/;
const MESSAGE = { message: '$property must be 1 to 64 letters, digits or hyphens' };

/** The id of a partner or customer: nothing that could reach into another stream's name. */
export const IsId = () => Matches(ID, MESSAGE);

export class PartnerPath {
  @IsId()
  partnerId!: string;
}

export class CustomerPath {
  /** @example fabrikam */
  @IsId()
  customerId!: string;
}

export class PartnerCustomerPath extends PartnerPath {
  @IsId()
  customerId!: string;
}

export class InvitationPath {
  @IsUUID()
  invitationId!: string;
}

export class PartnerInvitationPath extends PartnerPath {
  @IsUUID()
  invitationId!: string;
}
