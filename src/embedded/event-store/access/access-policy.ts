import type { StreamAcl, StreamMetadata } from '../log/stream-metadata.js';
import { isMetastream, originalOf } from '../log/stream-metadata.js';
import type { Caller } from '../transport/caller.js';

const ADMINS = '$admins';
const OPERATORS = '$ops';
const EVERYONE = '$all';

/** What a caller wants to do with a stream, or with its consumer groups; `$all` counts as a stream that is read. */
export type Action = 'read' | 'write' | 'delete' | 'manage';

/** Whether a caller may do something with a stream. */
export type AccessPolicy = (caller: Caller, action: Action, stream: string) => boolean;

/** The policy of a node without users. */
export const openToAll: AccessPolicy = () => true;

/**
 * The policy of a secure node: nobody without credentials; `$` streams and `$all` for admins only; other streams for
 * every user; both unless the stream's `$acl` says otherwise. Admins may do anything; operators manage consumer groups.
 */
export function createAccessPolicy(metadataOf: (stream: string) => StreamMetadata): AccessPolicy {
  return (caller, action, stream) => {
    if (caller.name === '') return false;
    if (caller.roles.includes(ADMINS)) return true;
    if (action === 'manage') return caller.roles.includes(OPERATORS);
    const described = isMetastream(stream) ? originalOf(stream) : stream;
    const roles = metadataOf(described).acl?.[permissionOf(action, stream)] ?? [defaultRole(described)];
    return roles.some((role) => role === EVERYONE || role === caller.name || caller.roles.includes(role));
  };
}

/** Using the stream that describes another is using that one's metadata. */
function permissionOf(action: Exclude<Action, 'manage'>, stream: string): keyof StreamAcl {
  if (!isMetastream(stream)) return action;
  return action === 'read' ? 'metadataRead' : 'metadataWrite';
}

const defaultRole = (stream: string) => (stream.startsWith('$') ? ADMINS : EVERYONE);
