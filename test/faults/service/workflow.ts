import type { EventStoreDBClient } from '@eventstore/db-client';
import { BACKWARDS, END, StreamNotFoundError, eventTypeFilter, jsonEvent } from '@eventstore/db-client';

const STREAM = 'checkpoint-acceptance-workflow';

/** The position up to which the workflow has seen every acceptance through; null when it does not know. */
export const checkpointOf = async (store: EventStoreDBClient): Promise<bigint | null> => {
  let position: bigint | null = null;
  try {
    const newest = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
    for await (const { event } of store.readStream(STREAM, newest))
      position = BigInt((event?.data as { position: string }).position);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return position;
};

/** Makes the workflow begin again from the beginning of the log when it is next started. */
export const rewindCheckpoint = async (store: EventStoreDBClient): Promise<void> => {
  await store.appendToStream(STREAM, jsonEvent({ type: 'FollowerCheckpointed', data: { position: '0' } }));
};

/** Resolves as soon as an acceptance is in the log after this position. */
export const acceptanceAfter = async (position: bigint, store: EventStoreDBClient): Promise<void> => {
  const filter = eventTypeFilter({ prefixes: ['InvitationAccepted'] });
  const fromPosition = { commit: position, prepare: position };
  for await (const _ of store.subscribeToAll({ fromPosition, filter })) return;
};
