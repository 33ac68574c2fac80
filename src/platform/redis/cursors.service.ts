import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Rejection } from '../../kernel/rejection.js';
import { SecretKeys } from '../secrets/secret-keys.js';

/** What a query for a page of a list says. */
export interface Paged {
  readonly cursor?: string;
  readonly limit: number;
  readonly minPosition?: string;
}

/** Which list it is, and whose. */
export type ListName = readonly [kind: string, ...of: string[]];

const PURPOSE = 'cursor';
const SHAPE = /^([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]{43})$/;

/** What must be the same on the next page: the list, and everything that is asked of it but for how much and how fresh. */
const termsOf = (list: ListName, { cursor: _, limit: __, minPosition: ___, ...rest }: Paged): string => {
  const asked = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify([list, asked.sort(([one], [other]) => (one < other ? -1 : 1))]);
};

const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * Where the next page of a list begins, opaque to the caller. A cursor is signed with the service's keys, of which any
 * verifies, and is good for the same list, sort and filter only.
 */
@Injectable()
export class Cursors {
  constructor(private readonly keys: SecretKeys) {}

  /** The cursor that goes on after this place; null for none. */
  next(list: ListName, query: Paged, place: string | null): string | null {
    if (place === null) return null;
    const encoded = Buffer.from(place, 'utf8').toString('base64url');
    return `${this.keys.currentId}.${encoded}.${this.signatureOf(list, query, encoded, this.keys.currentId)}`;
  }

  /** The place that the page begins after; the empty string for the beginning. @throws Rejection */
  placeIn(list: ListName, query: Paged): string {
    if (query.cursor === undefined) return '';
    const [, keyId = '', encoded = '', signature = ''] = SHAPE.exec(query.cursor) ?? [];
    if (!this.keys.ids.includes(keyId) || !isSame(signature, this.signatureOf(list, query, encoded, keyId)))
      throw new Rejection('invalid', 'cursor-invalid', 'The cursor is none that an answer of this list gave.', {
        state: 'unknown',
        pointer: 'cursor',
        next: 'Send the `next` of an answer with the same path, sort and filter, or begin without a cursor.',
      });
    return Buffer.from(encoded, 'base64url').toString('utf8');
  }

  private signatureOf(list: ListName, query: Paged, encoded: string, keyId: string): string {
    return this.keys.hmac(PURPOSE, `${termsOf(list, query)}\n${encoded}`, 'base64url', keyId);
  }
}
