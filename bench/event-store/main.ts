import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Measurement } from './measure.js';
import { fill, WORKLOADS } from './workloads.js';

/** Measures the embedded node beside a server that keeps nothing, and beside a real node when `--url` names one. */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    ms: { type: 'string', default: '3000' },
    url: { type: 'string' },
  },
});
const NODE = join(process.cwd(), 'dist/src/embedded/event-store/main.js');
const NO_OP = join(process.cwd(), 'dist/bench/event-store/no-op-server.js');

async function start(script: string, ...args: string[]): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { url: (JSON.parse(line) as { listening: string }).listening, child };
  }
  throw new Error(`${script} did not start; build it first`);
}

function show({ perSecond, p50, p99 }: Measurement): string {
  return `${perSecond}/s (p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms)`;
}

async function run(name: string, url: string, filled: boolean): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  if (filled) await fill(client, Number(values.events));
  for (const workload of WORKLOADS) {
    if (!filled && !workload.bounded) continue;
    console.log(`${name} | ${workload.name} | ${show(await workload.run(client, Number(values.ms)))}`);
  }
  await client.dispose();
}

const folder = mkdtempSync(join(tmpdir(), 'event-store-bench-'));
const node = await start(NODE, '--port', '0', '--data', folder);
const noOp = await start(NO_OP);
try {
  await run('no-op', noOp.url, false);
  await run('embedded', node.url, true);
  if (values.url) await run('given', values.url, true);
} finally {
  node.child.kill();
  noOp.child.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
