import { ANY, type DeleteStreamOptions, type StreamMetadata, type TombstoneStreamOptions } from '@eventstore/db-client';
import type { Plain } from './plain.js';
import type { Witness } from './witness.js';

const gone = ({ position }: { position?: unknown }): Plain => ({ position: position ? 'set' : 'none' });
export const deleteStream = (w: Witness, stream: string, options?: DeleteStreamOptions) =>
  w.attempt(async () => gone(await w.client.deleteStream(stream, options)));
export const tombstone = (w: Witness, stream: string, options?: TombstoneStreamOptions) =>
  w.attempt(async () => gone(await w.client.tombstoneStream(stream, options)));

export const getMetadata = (w: Witness, stream: string) =>
  w.attempt(async () => {
    const { metadata, metastreamRevision } = await w.client.getStreamMetadata(stream);
    return { metadata: w.plain(metadata), hasRevision: metastreamRevision !== undefined };
  });

export const setMetadata = (
  w: Witness,
  stream: string,
  metadata: StreamMetadata,
  expectedRevision: bigint | 'no_stream' | 'any' = ANY,
) =>
  w.attempt(async () => {
    const result = await w.client.setStreamMetadata(stream, metadata, { expectedRevision });
    return { success: result.success, revision: `${result.nextExpectedRevision}` };
  });
