import type { AccessPolicy } from '../../access/access-policy.js';
import type { EventLog } from '../../log/event-log.js';
import type { Call, Method } from '../../transport/call.js';
import { accessDenied, invalidArgument } from '../errors.js';
import { EventView } from '../event-view.js';
import { maximumSubscribersReached } from '../persistent/errors.js';
import { subscriptionIdOf } from '../persistent/group-streams.js';
import type { Consumer, Membership } from '../persistent/subscription-group.js';
import type { SubscriptionGroups } from '../persistent/subscription-groups.js';
import { readConsumeRequest, type ConsumeOptions, type ConsumeRequest } from '../requests/consume-request.js';
import { consumedEvent, subscriptionConfirmation } from '../responses/consume-response.js';

/** PersistentSubscriptions/Read: the client names a group, gets events, and says of each what became of it. */
export function consumeMethod(log: EventLog, groups: SubscriptionGroups, mayUse: AccessPolicy): Method {
  return (call) => {
    let membership: Membership | undefined;
    call.onMessage((message) => {
      const request = readConsumeRequest(message);
      if (request.kind !== 'options') return answer(membership, request);
      if (membership) throw invalidArgument('The options come once.');
      membership = join(call, request.options);
    });
    call.onHalfClose(() => call.finish());
    call.onEnd(() => membership?.leave());
  };

  function join(call: Call, options: ConsumeOptions): Membership {
    const mayRead = (stream: string) => mayUse(call.caller, 'read', stream);
    if (!mayRead(options.stream)) throw accessDenied();
    const group = groups.get(options);
    if (group.isFull) throw maximumSubscribersReached(options);
    const { resolveLinks } = group.configuration.settings;
    const view = new EventView(log, { resolveLinks, textIds: options.textIds }, mayRead);
    call.write([subscriptionConfirmation(subscriptionIdOf(options))], () => {});
    return group.join(consumerOf(call, view), options.bufferSize);
  }
}

function answer(membership: Membership | undefined, request: Exclude<ConsumeRequest, { kind: 'options' }>): void {
  if (!membership) throw invalidArgument('The first message must hold the options.');
  if (request.kind === 'acknowledge') membership.acknowledge(request.ids);
  else membership.reject(request.ids, request.how, request.reason);
}

function consumerOf(call: Call, view: EventView): Consumer {
  return {
    send: (events, done) => {
      const frames = events.map(({ event, retries }) => consumedEvent(view.partsOf(event), event.position, retries));
      call.write(frames, done);
    },
    fail: (error) => call.fail(error),
  };
}
