import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EventStoreDBClient } from '@eventstore/db-client';
import { fillLog } from './fill-log.js';
import { measureOpening } from './opening.js';
import { serve, startNode, type Served } from './process.js';
import { table, type Figure, type Row } from './table.js';
import { fill, WORKLOADS, type Workload } from './workloads.js';

/**
 * Measures the embedded node with a small and with a great log beside a server that keeps nothing, in turns, and beside a
 * real node when `--url` names one. With `--open N` it measures instead how a log of N events opens and is read.
 */
const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '100000' },
    events: { type: 'string', default: '2000000' },
    ms: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    url: { type: 'string' },
    open: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
/** The share of a log that is written before what the reads read. */
const FILLED_BEFORE = 0.6;
type Server = 'noOp' | 'synced' | 'small' | 'great' | 'given';
interface Target {
  readonly client: EventStoreDBClient;
  cpu(): number;
}

const folder = mkdtempSync(join(tmpdir(), 'event-store-bench-'));
const started: Served[] = [];
const say = (text: string) => process.stderr.write(`${text}\n`);

function progressOf(what: string, total: number): (done: number) => void {
  const step = Math.max(1, Math.floor(total / 10));
  let next = step;
  return (done) => {
    if (done < next) return;
    say(`${what}: ${done} of ${total}`);
    next = done + step;
  };
}

/** What the reads read lies amidst the log, where it is not the newest. */
async function grown(name: string, events: number): Promise<Target> {
  const data = join(folder, name);
  const before = Math.floor(events * FILLED_BEFORE);
  await fillLog(data, before, progressOf(`filling ${name}`, before));
  const filling = await startNode(data);
  await (await filled(filling.url)).client.dispose();
  await filling.stop();
  await fillLog(data, events - before, progressOf(`filling ${name} further`, events - before));
  const node = await startNode(data);
  started.push(node);
  return { client: EventStoreDBClient.connectionString(node.url), cpu: () => node.cpu() };
}

async function filled(url: string, cpu = () => NaN): Promise<Target> {
  const client = EventStoreDBClient.connectionString(url);
  await fill(client);
  return { client, cpu };
}

async function noOp(...args: string[]): Promise<Target> {
  const server = await serve('bench/event-store/no-op-server.js', ...args);
  started.push(server);
  return { client: EventStoreDBClient.connectionString(server.url), cpu: () => server.cpu() };
}

async function targets(): Promise<[Server, Target][]> {
  return [
    ['noOp', await noOp()],
    ['synced', await noOp(join(folder, 'synced'))],
    ['small', await grown('small', Number(values.small))],
    ['great', await grown('great', Number(values.events))],
    ...(values.url ? [['given', await filled(values.url)] as [Server, Target]] : []),
  ];
}

async function figureOf(workload: Workload, { client, cpu }: Target): Promise<Figure> {
  const [before, start] = [cpu(), performance.now()];
  const measured = await workload.run(client, Number(values.ms));
  const units = (measured.perSecond * (performance.now() - start)) / 1000;
  return { ...measured, cpu: (cpu() - before) / units };
}

const answers = (server: Server, { bounded, synced = false }: Workload): boolean => {
  if (server === 'synced') return synced;
  return server !== 'noOp' || (bounded && !synced);
};

/** All servers take turns, so that what disturbs one disturbs the others; the best round of each counts. */
async function rowOf(workload: Workload, servers: readonly [Server, Target][]): Promise<Row> {
  const best: Partial<Record<Server, Figure>> = {};
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, target] of servers) {
      if (!answers(name, workload)) continue;
      const figure = await figureOf(workload, target);
      if (figure.perSecond > (best[name]?.perSecond ?? 0)) best[name] = figure;
    }
  }
  const { synced, ...others } = best;
  return { measure: workload.name, ...others, ...(synced && { noOp: synced }) };
}

async function compare(): Promise<void> {
  const servers = await targets();
  const rows: Row[] = [];
  for (const workload of WORKLOADS.filter(({ name }) => name.includes(values.only))) {
    say(`measuring ${workload.name}`);
    rows.push(await rowOf(workload, servers));
  }
  console.log(values.json ? JSON.stringify(rows) : table(rows, values.small, values.events));
  for (const [, { client }] of servers) await client.dispose();
}

async function opening(events: number): Promise<void> {
  const data = join(folder, 'opened');
  await fillLog(data, events, progressOf('filling', events));
  const figures = await measureOpening(data);
  if (values.json) console.log(JSON.stringify(figures));
  else console.table(figures);
}

try {
  await (values.open ? opening(Number(values.open)) : compare());
} finally {
  for (const server of started) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
