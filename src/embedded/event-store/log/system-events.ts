import { randomUUID } from 'node:crypto';
import type { ProposedEvent } from './model.js';
import { METADATA_TYPE, metastreamOf } from './stream-metadata.js';

const USERS = '$users';
const FOR_ADMINS = JSON.stringify({
  $acl: { $r: '$admins', $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' },
});

/** Writes what a new node's log begins with: clients rely on `$all` never being empty. */
export function writeSystemEvents(append: (stream: string, events: readonly ProposedEvent[]) => void): void {
  append(metastreamOf(USERS), [systemEvent(METADATA_TYPE, true, FOR_ADMINS)]);
  append(USERS, [systemEvent('$User', false, 'admin'), systemEvent('$User', false, 'ops')]);
}

function systemEvent(type: string, json: boolean, data: string): ProposedEvent {
  return { id: randomUUID(), type, json, customMetadata: Buffer.alloc(0), data: Buffer.from(data) };
}
