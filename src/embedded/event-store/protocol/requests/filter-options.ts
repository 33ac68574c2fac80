import type { FieldReader } from '../../codec/field-reader.js';

const DEFAULT_WINDOW = 32;

/** Which events of `$all` a reader asks for, and how often it wants to know how far the node has looked. */
export interface FilterOptions {
  readonly on: 'stream' | 'type';
  /** Wins over the prefixes when it is not empty. */
  readonly regex: string;
  readonly prefixes: readonly string[];
  /** A checkpoint follows after so many events were looked at. */
  readonly checkpointInterval: number;
}

/** @throws MalformedMessage */
export function readFilterOptions(reader: FieldReader): FilterOptions {
  let on: FilterOptions['on'] = 'stream';
  let expression = { regex: '', prefixes: [] as string[] };
  let window = DEFAULT_WINDOW;
  let multiplier = 0;
  while (reader.next()) {
    if (reader.field === 1 || reader.field === 2) {
      on = reader.field === 1 ? 'stream' : 'type';
      expression = readExpression(reader.message());
    } else if (reader.field === 3) window = reader.uint32();
    else if (reader.field === 5) multiplier = reader.uint32();
    else reader.skip();
  }
  return { on, ...expression, checkpointInterval: window * multiplier };
}

function readExpression(reader: FieldReader): { regex: string; prefixes: string[] } {
  const prefixes: string[] = [];
  let regex = '';
  while (reader.next()) {
    if (reader.field === 1) regex = reader.string();
    else if (reader.field === 2) prefixes.push(reader.string());
    else reader.skip();
  }
  return { regex, prefixes };
}
