import { readStreamIdentifier } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';
import { invalidArgument, unserved } from '../errors.js';
import type { GroupSettings } from '../persistent/group-settings.js';
import type { GroupName } from '../persistent/group-streams.js';
import { readGroupSettings, revisionOf } from './group-settings-request.js';
import { requireName } from './write-options.js';

export interface GroupRequest extends GroupName {
  readonly settings: GroupSettings;
}

type From = GroupSettings['startFrom'];

/**
 * Reads a CreateReq or an UpdateReq, of a client from before 21.10 or after it.
 * @throws MalformedMessage; RpcError when something is missing or not served
 */
export function readGroupRequest(message: Buffer): GroupRequest {
  const reader = optionsOf(message);
  let [stream, group] = ['', ''];
  let settings: GroupSettings | undefined;
  let startFrom: From | undefined;
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) group = reader.string();
    else if (reader.field === 3) settings = readGroupSettings(reader.message());
    else if (reader.field === 4) ({ stream, startFrom } = readStreamOptions(reader.message()));
    else if (reader.field === 5) throw unservedAll();
    else reader.skip();
  }
  if (!settings) throw invalidArgument('The settings are missing.');
  return { ...nameOf(stream, group), settings: startFrom === undefined ? settings : { ...settings, startFrom } };
}

/**
 * Reads a DeleteReq.
 * @throws MalformedMessage; RpcError when something is missing or not served
 */
export function readGroupDeletion(message: Buffer): GroupName {
  const reader = optionsOf(message);
  let [stream, group] = ['', ''];
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) group = reader.string();
    else if (reader.field === 3) throw unservedAll();
    else reader.skip();
  }
  return nameOf(stream, group);
}

export const unservedAll = () => unserved('A persistent subscription to $all', 'those to a stream are served');

/** @throws RpcError when a part of the name is empty, or the stream is `$all` */
export function nameOf(stream: string, group: string): GroupName {
  if (stream === '$all') throw unservedAll();
  if (group === '') throw invalidArgument('A group name must not be empty.');
  return { stream: requireName(stream), group };
}

function optionsOf(message: Buffer): FieldReader {
  const reader = new FieldReader(message);
  let options: FieldReader | undefined;
  while (reader.next()) {
    if (reader.field === 1) options = reader.message();
    else reader.skip();
  }
  if (!options) throw invalidArgument('The options are missing.');
  return options;
}

function readStreamOptions(reader: FieldReader): { stream: string; startFrom: From | undefined } {
  let stream = '';
  let startFrom: From | undefined;
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) startFrom = revisionOf(reader.uint64());
    else {
      if (reader.field === 3 || reader.field === 4) startFrom = reader.field === 3 ? 0 : 'end';
      reader.skip();
    }
  }
  return { stream, startFrom };
}
