import { Matches } from 'class-validator';
import { PartnerPath } from '../platform/http/ids.dto.js';
import { CommandAnswer } from '../platform/http/answers.js';

export class PartnerProviderPath extends PartnerPath {
  @Matches(/^[A-Za-z0-9-]{1,64}$/, { message: '$property must be 1 to 64 letters, digits or hyphens' })
  providerId!: string;
}

export class ConnectedProviderView {
  providerId!: string;
  /** Since when it has been connected. */
  since!: string;
}

export class ProvidersAnswer extends CommandAnswer {
  /** The providers the reseller is connected to after this command, the latest last. */
  providers!: ConnectedProviderView[];
}
