import type { AccessPolicy } from '../access/access-policy.js';
import type { EventLog } from '../log/event-log.js';
import type { Method } from '../transport/call.js';
import { Code, RpcError } from '../transport/status.js';
import { appendMethod } from './methods/append.js';
import { batchAppendMethod } from './methods/batch-append.js';
import { deleteMethod, tombstoneMethod } from './methods/delete.js';
import { consumeMethod } from './methods/consume.js';
import { gossipMethod, serverFeaturesMethod } from './methods/discovery.js';
import { createGroupMethod, deleteGroupMethod, updateGroupMethod } from './methods/persistent-subscriptions.js';
import { readMethod } from './methods/read.js';
import type { SubscriptionGroups } from './persistent/subscription-groups.js';

const STREAMS = 'event_store.client.streams.Streams';
const PERSISTENT = 'event_store.client.persistent_subscriptions.PersistentSubscriptions';
const GOSSIP = 'event_store.client.gossip.Gossip';
const SERVER_FEATURES = 'event_store.client.server_features.ServerFeatures';

interface Served {
  readonly service: string;
  readonly method: string;
  readonly features?: readonly string[];
  readonly serve: Method;
}

/** Finds the method of a path; what is not served answers UNIMPLEMENTED with a sentence. */
export function createService(
  log: EventLog,
  groups: SubscriptionGroups,
  mayUse: AccessPolicy,
  maxAppendBytes: number,
): (path: string) => Method {
  const served: Served[] = [
    { service: STREAMS, method: 'Read', features: ['position', 'events'], serve: readMethod(log, mayUse) },
    { service: STREAMS, method: 'Append', serve: appendMethod(log, mayUse, maxAppendBytes) },
    { service: STREAMS, method: 'Delete', serve: deleteMethod(log, mayUse) },
    { service: STREAMS, method: 'Tombstone', serve: tombstoneMethod(log, mayUse) },
    {
      service: STREAMS,
      method: 'BatchAppend',
      features: ['deadline_duration'],
      serve: batchAppendMethod(log, mayUse, maxAppendBytes),
    },
    ...persistentSubscriptions(log, groups, mayUse),
    { service: GOSSIP, method: 'Read', serve: gossipMethod() },
  ];
  const paths = new Map(served.map(({ service, method, serve }) => [`/${service}/${method}`, serve]));
  paths.set(`/${SERVER_FEATURES}/GetSupportedMethods`, serverFeaturesMethod(supported(served)));
  return (path) => paths.get(path) ?? unimplemented;
}

/** Those to a stream; without the feature `all` clients do not ask for the others. */
function persistentSubscriptions(log: EventLog, groups: SubscriptionGroups, mayUse: AccessPolicy): Served[] {
  const [service, features] = [PERSISTENT, ['stream']];
  return [
    { service, features, method: 'Create', serve: createGroupMethod(groups, mayUse) },
    { service, features, method: 'Update', serve: updateGroupMethod(groups, mayUse) },
    { service, features, method: 'Delete', serve: deleteGroupMethod(groups, mayUse) },
    { service, features, method: 'Read', serve: consumeMethod(log, groups, mayUse) },
  ];
}

function supported(served: readonly Served[]): { service: string; method: string; features: readonly string[] }[] {
  const all = [...served, { service: SERVER_FEATURES, method: 'GetSupportedMethods' }];
  return all.map(({ service, method, ...rest }) => ({
    service: service.toLowerCase(),
    method: method.toLowerCase(),
    features: ('features' in rest && rest.features) || [],
  }));
}

const unimplemented: Method = (call) => {
  const message = `${call.path} is not served by the embedded node; a real EventStoreDB node serves it.`;
  call.fail(new RpcError(Code.UNIMPLEMENTED, message));
};
