import { Code, RpcError } from '../../transport/status.js';
import type { GroupName } from './group-streams.js';

export const persistentSubscriptionExists = (name: GroupName) =>
  errorOf(name, Code.ALREADY_EXISTS, 'persistent-subscription-exists', `${described(name)} exists.`);

export const persistentSubscriptionDoesNotExist = (name: GroupName) =>
  errorOf(name, Code.NOT_FOUND, 'persistent-subscription-does-not-exist', `${described(name)} does not exist.`);

export const maximumSubscribersReached = (name: GroupName) =>
  errorOf(
    name,
    Code.FAILED_PRECONDITION,
    'maximum-subscribers-reached',
    `Maximum subscriptions reached for subscription group ${name.group} on stream ${name.stream}.`,
  );

/** What a consumer is told when its group is deleted or changed. */
export const persistentSubscriptionDropped = (name: GroupName) =>
  errorOf(name, Code.CANCELLED, 'persistent-subscription-dropped', `${described(name)} was dropped.`);

export const persistentSubscriptionFailed = (name: GroupName, reason: string) =>
  errorOf(name, Code.INTERNAL, 'persistent-subscription-failed', `${described(name)} failed: '${reason}'`, { reason });

const described = ({ stream, group }: GroupName) => `Subscription group ${group} on stream ${stream}`;

function errorOf(
  { stream, group }: GroupName,
  code: Code,
  exception: string,
  message: string,
  trailers: Readonly<Record<string, string>> = {},
): RpcError {
  return new RpcError(code, message, { exception, 'stream-name': stream, 'group-name': group, ...trailers });
}
