import { METADATA_TYPE, parseStreamMetadata } from '../../event-store/log/stream-metadata.js';
import { isTombstone, type WireEvent } from '../node/wire-event.js';
import { Refusal } from '../refusal.js';
import { describedBy, isMetastream } from './carried.js';
import type { Ledger } from './ledger.js';

const HELP = 'name it with --leave-out to copy the rest.';

/**
 * Notes an event of the source in the ledger, if the event can be carried over at its place.
 * @throws Refusal that names the stream: no node lets revisions begin elsewhere than at 0, and what follows a deletion
 *   makes a node write metadata of its own
 */
export function requirePortable(event: WireEvent, ledger: Ledger): void {
  const { stream, revision } = event;
  const state = ledger.get(stream);
  if (isTombstone(event)) return;
  const next = (state.last ?? -1n) + 1n;
  if (revision !== next) {
    const gone = `Events ${next} to ${revision - 1n} of the stream ${stream} are gone from the source`;
    throw new Refusal(`${gone}, so that its revisions cannot be kept: ${HELP}`);
  }
  if (state.deleted) throw revived(stream);
  ledger.set(stream, { last: revision, deleted: false });
  if (isMetastream(stream)) noteDescription(describedBy(stream), event, ledger);
}

function noteDescription(stream: string, event: WireEvent, ledger: Ledger): void {
  const { last, deleted } = ledger.get(stream);
  if (deleted) throw revived(stream);
  if (isSoftDeletion(event)) ledger.set(stream, { last, deleted: true });
}

function isSoftDeletion({ type, contentType, data }: WireEvent): boolean {
  if (type !== METADATA_TYPE || contentType !== 'application/json') return false;
  return parseStreamMetadata(Buffer.from(data)).softDeleted === true;
}

const revived = (stream: string): Refusal =>
  new Refusal(`The stream ${stream} was deleted and then used again, which cannot be repeated elsewhere: ${HELP}`);
