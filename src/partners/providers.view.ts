import type { ConnectedProviders } from './partner.js';

/** The providers in the order in which they were connected. */
export const providersView = (providers: ConnectedProviders): { providerId: string; since: string }[] =>
  [...providers].map(([providerId, since]) => ({ providerId, since }));
