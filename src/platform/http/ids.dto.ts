import { IsUUID, Matches } from 'class-validator';

const ID = /^[A-Za-z0-9-]{1,64}$/;
const MESSAGE = { message: '$property must be 1 to 64 letters, digits or hyphens' };

export class PartnerPath {
  @Matches(ID, MESSAGE)
  partnerId!: string;
}

export class CustomerPath {
  @Matches(ID, MESSAGE)
  customerId!: string;
}

export class PartnerCustomerPath extends PartnerPath {
  @Matches(ID, MESSAGE)
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
