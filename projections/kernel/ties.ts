import type { Fact } from './event-types.js';
import { isHere } from './documents.js';
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

/** Events about different parts of a document are independent; one about the whole of it depends on all of them. */
const documentTies = ({ group, id }: DocumentKey, part: string | null): Ties => {
  const [any, whole] = ['any', 'whole'].map((what) => `${what} ${group} ${id}`) as [string, string];
  if (part === null) return { holds: [any, whole], needs: [any] };
  const own = `part ${group} ${id} ${part}`;
  return { holds: [any, own], needs: [own, whole] };
};

/** Undefined when the event does not say; null when its type alone says that it concerns no document. */
const keyIn = <Doc>(projection: DocumentProjection<Doc>, fact: Fact): DocumentKey | null | undefined => {
  try {
    const key = projection.key(fact);
    return key !== null && fact.fault !== undefined ? undefined : key;
  } catch {
    return undefined;
  }
};

/**
 * Tells whether an event can concern a document at all; one that cannot be judged may. The event's type decides, and is
 * looked into once.
 */
export const concernsOf = <Doc>(projection: DocumentProjection<Doc>): ((fact: Fact) => boolean) => {
  const byType = new Map<string, boolean>();
  const judge = (fact: Fact): boolean => {
    const isConcerned = keyIn(projection, fact) !== null;
    byType.set(fact.event.type, isConcerned);
    return isConcerned;
  };
  return (fact) => {
    try {
      return byType.get(fact.event.type) ?? judge(fact);
    } catch {
      return true;
    }
  };
};

/**
 * What an event depends on in a read model of documents: its stream, and its document, whatever stream the document's
 * other events are in. When it does not say which document that is, all there is of its customer.
 */
export const tiesOf = <Doc>(projection: DocumentProjection<Doc>, shard: number, fact: Fact): Ties => {
  const key = keyIn(projection, fact);
  if (key === null || (key !== undefined && !isHere(key, shard))) return UNTIED;
  const stream = `stream ${fact.stream}`;
  const customer = customerTie(fact);
  if (key === undefined) return { holds: [stream, ...customer], needs: [stream, ...customer] };
  const document = documentTies(key, projection.part?.(fact) ?? null);
  return { holds: [stream, ...document.holds], needs: [stream, ...document.needs, ...customer] };
};
