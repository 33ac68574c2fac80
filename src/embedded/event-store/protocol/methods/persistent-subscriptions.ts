import type { AccessPolicy } from '../../access/access-policy.js';
import type { Method } from '../../transport/call.js';
import type { Caller } from '../../transport/caller.js';
import { unary } from '../../transport/unary.js';
import { accessDenied } from '../errors.js';
import type { GroupName } from '../persistent/group-streams.js';
import type { SubscriptionGroups } from '../persistent/subscription-groups.js';
import { readGroupDeletion, readGroupRequest } from '../requests/persistent-subscription-request.js';
import { DONE } from '../responses/consume-response.js';

/** PersistentSubscriptions/Create. */
export const createGroupMethod = (groups: SubscriptionGroups, mayUse: AccessPolicy) =>
  changing(mayUse, readGroupRequest, (request, by) => groups.create(nameOf(request), request.settings, by));

/** PersistentSubscriptions/Update. */
export const updateGroupMethod = (groups: SubscriptionGroups, mayUse: AccessPolicy) =>
  changing(mayUse, readGroupRequest, (request, by) => groups.update(nameOf(request), request.settings, by));

/** PersistentSubscriptions/Delete. */
export const deleteGroupMethod = (groups: SubscriptionGroups, mayUse: AccessPolicy) =>
  changing(mayUse, readGroupDeletion, (request, by) => groups.delete(request, by));

function changing<T extends GroupName>(
  mayUse: AccessPolicy,
  read: (message: Buffer) => T,
  change: (request: T, by: string) => Promise<void>,
): Method {
  return unary((message, answer, call) => {
    const request = read(message);
    if (!mayUse(call.caller, 'manage', request.stream)) throw accessDenied();
    change(request, nameOfCaller(call.caller)).then(
      () => answer(DONE),
      (error: unknown) => call.fail(error),
    );
  });
}

const nameOf = ({ stream, group }: GroupName): GroupName => ({ stream, group });
const nameOfCaller = ({ name }: Caller) => (name === '' ? 'anonymous' : name);
