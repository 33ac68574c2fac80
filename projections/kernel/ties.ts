import type { Fact } from './event-types.js';
import type { DocumentKey, DocumentProjection } from './projection.js';

/** What the order of events depends on: a stream, a customer, or a document. */
export interface Ties {
  /** What no later event may change as long as this one is put aside. */
  readonly holds: readonly string[];
  /** What must not be held by an earlier event for this one to be applied. */
  readonly needs: readonly string[];
}

export const UNTIED: Ties = { holds: [], needs: [] };

const CUSTOMER_STREAM = /^(?:customer-|(?:relationship|privileges)-[^~]*~)(.+)$/;

/** As the stream's name says, which stands when the event itself is damaged. */
const customerTie = ({ stream }: Fact): string[] => {
  const customer = CUSTOMER_STREAM.exec(stream)?.[1];
  return customer === undefined ? [] : [`customer ${customer}`];
};

const documentTie = ({ group, id }: DocumentKey): string => `document ${group} ${id}`;

/** Undefined when the event does not say; null when its type alone says that it concerns no document. */
const keyIn = <Doc>(projection: DocumentProjection<Doc>, fact: Fact): DocumentKey | null | undefined => {
  try {
    const key = projection.key(fact);
    return key !== null && fact.fault !== undefined ? undefined : key;
  } catch {
    return undefined;
  }
};

/** Whether the event can concern a document at all. */
export const concerns = <Doc>(projection: DocumentProjection<Doc>, fact: Fact): boolean =>
  keyIn(projection, fact) !== null;

/**
 * What an event depends on in a read model of documents: its stream, and its document, whatever stream the document's
 * other events are in. When it does not say which document that is, all there is of its customer.
 */
export const tiesOf = <Doc>(projection: DocumentProjection<Doc>, fact: Fact): Ties => {
  const key = keyIn(projection, fact);
  if (key === null) return UNTIED;
  const stream = `stream ${fact.stream}`;
  const customer = customerTie(fact);
  if (key === undefined) return { holds: [stream, ...customer], needs: [stream, ...customer] };
  return { holds: [stream, documentTie(key)], needs: [stream, documentTie(key), ...customer] };
};
