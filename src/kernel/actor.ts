/** The roles that may act for a partner (R1). */
export const PARTNER_ROLES = ['global-admin', 'admin-agent'] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

interface Acting {
  /** An opaque id of the person, never an e-mail address. */
  readonly subject: string;
  /** The service or workflow that carried the act out for the person. */
  readonly through?: string;
}

export interface PartnerActor extends Acting {
  readonly kind: 'partner';
  readonly role: PartnerRole;
  readonly partnerId: string;
}

export interface CustomerActor extends Acting {
  readonly kind: 'customer';
  readonly role: 'global-admin';
  readonly customerId: string;
}

/** Who acted. */
export type Actor = PartnerActor | CustomerActor;
