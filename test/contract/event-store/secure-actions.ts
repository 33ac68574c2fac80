import {
  ANY,
  BACKWARDS,
  END,
  jsonEvent,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type PersistentSubscriptionToStream,
  type StreamSubscription,
} from '@eventstore/db-client';

/** What a caller tries: with a client of its own, on streams whose names end in `who`. */
export interface Attempt {
  readonly client: EventStoreDBClient;
  readonly admin: EventStoreDBClient;
  readonly who: string;
  readonly name: (suffix: string) => string;
}

type Confirmed = StreamSubscription | AllStreamSubscription | PersistentSubscriptionToStream;
type Actions = Readonly<Record<string, (attempt: Attempt) => Promise<string>>>;

const credentials = { username: 'admin', password: 'changeit' };
const event = () => jsonEvent({ type: 'T', data: {} });

async function drain(events: AsyncIterable<unknown>): Promise<string> {
  const seen: unknown[] = [];
  for await (const event of events) seen.push(event);
  return seen.length > 0 ? 'events' : 'none';
}

export function confirmed(subscription: Confirmed): Promise<string> {
  return new Promise((resolve, reject) => {
    subscription.on('error', reject);
    subscription.on('confirmation', () => {
      resolve('subscribed');
      void subscription.unsubscribe();
    });
  });
}

/** Does something of which only the success matters. */
const done = (said: string, work: Promise<unknown>) => work.then(() => said);

export const ACTIONS: Actions = {
  append: ({ client, who, name }) =>
    done('appended', client.appendToStream(name(`by ${who}`), event(), { expectedRevision: ANY })),
  'append with credentials of admin': ({ client, who, name }) =>
    done('appended', client.appendToStream(name(`by ${who} 2`), event(), { credentials })),
  'read a plain stream': ({ client, name }) => drain(client.readStream(name('plain'))),
  'read a stream that is not there': ({ client, name }) => drain(client.readStream(name('none'))),
  'read $all': ({ client }) => drain(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 5 })),
  'subscribe to $all by prefix': ({ client, name }) =>
    confirmed(client.subscribeToAll({ fromPosition: END, filter: streamNameFilter({ prefixes: [name('')] }) })),
  'subscribe to a plain stream': ({ client, name }) => confirmed(client.subscribeToStream(name('plain'))),
  'read $users': ({ client }) => drain(client.readStream('$users')),
  'read a $-stream that is not there': ({ client, name }) => drain(client.readStream(`$${name('none')}`)),
  'append to a $-stream': ({ client, who, name }) =>
    done('appended', client.appendToStream(`$${name(`by ${who}`)}`, event())),
  'read a stream for ops only': ({ client, name }) => drain(client.readStream(name('acl'))),
  'append to a stream for admins only': ({ client, name }) =>
    done('appended', client.appendToStream(name('acl'), event())),
  'read metadata for ops only': async ({ client, name }) =>
    (await client.getStreamMetadata(name('acl'))).metadata ? 'metadata' : 'none',
  'set metadata of a plain stream': ({ client, who, name }) =>
    done('set', client.setStreamMetadata(name(`meta by ${who}`), { maxCount: 9 })),
  'delete a plain stream': async ({ client, admin, who, name }) => {
    await admin.appendToStream(name(`gone ${who}`), event());
    return done('deleted', client.deleteStream(name(`gone ${who}`)));
  },
  'tombstone a stream for admins only': async ({ client, who, name }) =>
    who === 'admin' ? 'not tried' : done('tombstoned', client.tombstoneStream(name('acl'))),
};

/** A plain stream, and one that ops may read and only admins may change. */
export async function prepare(admin: EventStoreDBClient, name: Attempt['name']): Promise<void> {
  await admin.appendToStream(name('plain'), event());
  await admin.appendToStream(name('acl'), event());
  const [ops, admins] = [['ops'], ['$admins']];
  await admin.setStreamMetadata(name('acl'), {
    acl: { readRoles: ops, writeRoles: admins, deleteRoles: admins, metaReadRoles: ops, metaWriteRoles: admins },
  });
}
