import { StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import { readAll, headOf } from '../node/reader.js';
import { append, tombstone } from '../node/writer.js';
import { isTombstone } from '../node/wire-event.js';
import { Progress } from '../progress.js';
import { Refusal } from '../refusal.js';
import { Digest } from './digest.js';
import { runsOf, type Run } from './runs.js';
import type { Ends, Survey } from './survey.js';

/** The newest event copied, by its position on either side. */
export interface Place {
  readonly source: bigint;
  readonly target: bigint | undefined;
}

/**
 * Appends what the target lacks, one append after the other: with two under way, a failure of the first could let the
 * second overtake it.
 * @returns the place of the last event, undefined when there was nothing to do
 * @throws Refusal when somebody else writes to the target
 */
export async function copyMissing(ends: Ends, survey: Survey): Promise<Place | undefined> {
  const { source, selection } = ends;
  const progress = new Progress('Copying');
  const total = survey.count - survey.present;
  let copied = 0;
  let place: Place | undefined;
  for await (const run of runsOf(selection.of(readAll(source, survey.after, survey.head)))) {
    const target = await appendRun(ends, run);
    place = { source: (run.at(-1) ?? run[0]).position, target };
    copied += run.length;
    progress.advance(run.length, copied / total, inWords(place));
  }
  progress.finish();
  return place;
}

export const inWords = ({ source, target }: Place): string =>
  `position ${source} of the source is ${target ?? 'an unknown one'} of the target`;

async function appendRun({ target, ledger }: Ends, run: Run): Promise<bigint | undefined> {
  const [{ stream, revision }] = run;
  try {
    if (isTombstone(run[0])) return await tombstone(target, stream, ledger.get(stream).last);
    return await append(target, stream, revision === 0n ? undefined : revision - 1n, run);
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError || error instanceof StreamDeletedError)) throw error;
    throw new Refusal(`Somebody else writes to the stream ${stream} of the target: copy into a node that nobody uses.`);
  }
}

/**
 * Reads the target anew and compares count and hash with the source's.
 * @throws Refusal when they differ
 */
export async function verify({ target, selection }: Ends, survey: Survey): Promise<void> {
  const progress = new Progress('Verifying the target');
  const digest = new Digest();
  for await (const event of selection.of(readAll(target, undefined, await headOf(target)))) {
    digest.add(event);
    progress.advance(1, digest.count / survey.count);
  }
  progress.finish();
  const hash = digest.finish();
  if (hash === survey.hash && digest.count === survey.count) return;
  throw new Refusal(
    `The target holds ${digest.count} events (SHA-256 ${hash}) and the source ${survey.count} (${survey.hash}): ` +
      'somebody else writes to the target, or it does not keep what it is given; do not use it.',
  );
}

/** Whether the source has got more to carry over since it was examined. */
export async function hasGrown({ source, selection }: Ends, { head }: Survey): Promise<boolean> {
  const more = await selection.of(readAll(source, head, await headOf(source))).next();
  return !more.done;
}
