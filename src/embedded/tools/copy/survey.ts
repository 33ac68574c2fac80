import { type NodeConnection } from '../node/connection.js';
import { headOf, readAll } from '../node/reader.js';
import type { WireEvent } from '../node/wire-event.js';
import { Progress } from '../progress.js';
import { Refusal } from '../refusal.js';
import type { Selection } from './carried.js';
import { canonicalBytes, Digest } from './digest.js';
import type { Ledger } from './ledger.js';
import { requirePortable } from './portability.js';

/** What is to be copied. */
export interface Survey {
  /** Events up to this position of the source belong to this copy. */
  readonly head: bigint;
  readonly count: number;
  readonly hash: string;
  readonly leftOut: number;
  /** How many of them the target has already, and the source's position of the last of these. */
  readonly present: number;
  readonly after: bigint | undefined;
}

export interface Ends {
  readonly source: NodeConnection;
  readonly target: NodeConnection;
  readonly selection: Selection;
  readonly ledger: Ledger;
}

/**
 * Reads the whole source before anything is written, and beside it what the target holds, which must be the beginning
 * of the same: so it is known from the target alone where to go on.
 * @throws Refusal when something cannot be carried over, or the target holds something else
 */
export async function survey({ source, target, selection, ledger }: Ends): Promise<Survey> {
  const [head, targetHead] = [await headOf(source), await headOf(target)];
  const theirs = new Prefix(selection.of(readAll(target, undefined, targetHead)));
  const progress = new Progress('Examining the source');
  const digest = new Digest();
  let leftOut = 0;
  await theirs.begin();
  for await (const event of readAll(source, undefined, head)) {
    progress.advance(1, Number(event.position) / Number(head));
    if (!selection.includes(event)) {
      leftOut++;
      continue;
    }
    requirePortable(event, ledger);
    digest.add(event);
    await theirs.match(event);
  }
  await theirs.end();
  progress.finish();
  return { head, count: digest.count, hash: digest.finish(), leftOut, present: theirs.matched, after: theirs.after };
}

/** What the target holds, compared with the source event by event. */
class Prefix {
  matched = 0;
  after: bigint | undefined;
  private next: WireEvent | undefined;

  constructor(private readonly events: AsyncGenerator<WireEvent>) {}

  async begin(): Promise<void> {
    this.next = await this.take();
  }

  async match(event: WireEvent): Promise<void> {
    if (!this.next) return;
    if (!canonicalBytes(event).equals(canonicalBytes(this.next))) throw foreign(this.next);
    this.matched++;
    this.after = event.position;
    this.next = await this.take();
  }

  async end(): Promise<void> {
    await this.events.return(undefined);
    if (this.next) throw foreign(this.next);
  }

  private async take(): Promise<WireEvent | undefined> {
    const { done, value } = await this.events.next();
    return done ? undefined : value;
  }
}

const foreign = ({ stream, revision, position }: WireEvent): Refusal =>
  new Refusal(
    `The target's event ${revision} of ${stream}, at its position ${position}, is not what the source has at that place: ` +
      'copy into a node without events, or into one that holds the beginning of this source.',
  );
