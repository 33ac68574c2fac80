import type { ListName, Paged } from '../../src/platform/redis/cursors.service.js';
import { Cursors } from '../../src/platform/redis/cursors.service.js';
import { SecretKeys } from '../../src/platform/secrets/secret-keys.js';
import { LINK_KEY } from '../../test/support/service.js';

const LIMIT = 50;

/** The cursors that the service under measurement gives. */
export const cursors = new Cursors(new SecretKeys([LINK_KEY]));

/** A partner's customers by name, as a query without any parameter asks for them. */
export const customersOf = (partnerId: string): ListName => ['customers', partnerId];
export const BY_NAME: Paged & { readonly sort: string } = { limit: LIMIT, sort: 'name' };

/** A partner's part of the trail. */
export const auditOf = (partnerId: string): ListName => ['audit of partner', partnerId];
export const EVERYTHING: Paged = { limit: LIMIT };
