import { parseArgs } from 'node:util';
import { NodeConnection } from '../node/connection.js';
import { Refusal } from '../refusal.js';
import { runTool } from '../run-tool.js';
import { FOLLOWERS_CHECKPOINTS, Selection } from './carried.js';
import { copyMissing, hasGrown, inWords, verify } from './copy.js';
import { Ledger } from './ledger.js';
import { survey, type Ends } from './survey.js';

const USAGE = 'Usage: event-store:copy -- FROM_URL TO_URL [--leave-out STREAM_PREFIX]…';

/** Copies all events of one node to another, and tells on standard output what it has done. */
async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'leave-out': { type: 'string', multiple: true, default: [] } },
  });
  const [from, to, ...rest] = positionals;
  if (!from || !to || rest.length > 0) throw new Refusal(USAGE);
  const source = new NodeConnection(from, 'source');
  const target = new NodeConnection(to, 'target');
  const selection = new Selection([FOLLOWERS_CHECKPOINTS, ...values['leave-out']]);
  const ledger = new Ledger();
  try {
    await copy({ source, target, selection, ledger });
  } finally {
    ledger.close();
    await Promise.all([source.close(), target.close()]);
  }
}

async function copy(ends: Ends): Promise<void> {
  const found = await survey(ends);
  say(`${found.count} events to carry over, ${found.present} of them there already; ${found.leftOut} are left out.`);
  const last = await copyMissing(ends, found);
  if (last) say(`The last: ${inWords(last)}.`);
  await verify(ends, found);
  say(`Verified: ${found.count} events on either side, SHA-256 ${found.hash}.`);
  if (await hasGrown(ends, found))
    say(`The source has grown since, behind its position ${found.head}: run this again.`);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

await runTool(main, 'run the same command again: it goes on where it stopped.');
