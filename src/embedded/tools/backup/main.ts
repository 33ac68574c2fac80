import { parseArgs } from 'node:util';
import { readAddress } from '../../event-store/address-file.js';
import { NodeConnection } from '../node/connection.js';
import { headOf, readAll } from '../node/reader.js';
import { Progress } from '../progress.js';
import { Refusal } from '../refusal.js';
import { runTool } from '../run-tool.js';
import { LogRestorer } from './log-restorer.js';
import { makeFolder } from './new-folder.js';
import { verifyLog, type Extent } from './verify-log.js';

const USAGE = 'Usage: event-store:backup -- DIR, and --data DATA_DIR of a node that runs here, or --from URL';

/** Writes a data folder that holds what a running node has acknowledged by now; the node goes on meanwhile. */
async function main(args: string[]): Promise<void> {
  const options = { data: { type: 'string' }, from: { type: 'string' } } as const;
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
  const [folder, ...rest] = positionals;
  const url = values.from ?? (values.data && addressOf(values.data));
  if (!folder || !url || rest.length > 0) throw new Refusal(USAGE);
  const node = new NodeConnection(url, 'node');
  let written: Extent | undefined;
  await makeFolder(folder, async (partial) => {
    written = await writeLog(node, partial);
    verifyLog(partial, written);
  });
  await node.close();
  process.stdout.write(
    `${JSON.stringify({ backup: folder, events: written?.count, position: written?.head, verified: true })}\n`,
  );
}

function addressOf(data: string): string {
  const address = readAddress(data);
  if (address) return address;
  throw new Refusal(`No node runs on ${data}: a folder that no node uses can be copied as it is.`);
}

async function writeLog(node: NodeConnection, folder: string): Promise<Extent> {
  const head = await headOf(node);
  const progress = new Progress('Backing up');
  const log = new LogRestorer(folder);
  let count = 0;
  for await (const event of readAll(node, undefined, head)) {
    log.add(event);
    count++;
    progress.advance(1, Number(event.position) / Number(head));
  }
  log.close();
  progress.finish();
  return { count, head: Number(head) };
}

await runTool(main, 'nothing is left of it; see that the node runs, then try again.');
