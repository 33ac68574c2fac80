// npm run bench -- import [rows]: how many events an import appends per second, beside the raw client on the same event store;
// three imports, each between two halves of raw appends, because what else the machine does changes by the second.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { Api } from '../../test/support/api.js';
import { scratchFolder, startEventStore, startRedis } from '../../test/support/servers.js';
import { Issuer, startService } from '../../test/support/service.js';

const ROWS = Number(process.argv[2] ?? 50_000);
const WARM_UP = 5_000;
const IN_FLIGHT = 64;
const EVENTS_PER_ROW = 2;
const BOUND = 0.6;
const ROUNDS = 3;

const folder = await scratchFolder();
const issuer = await Issuer.in(folder.path);
const eventStore = await startEventStore(`${folder.path}/event-store`);
const redis = await startRedis(folder.path);
const address = { EVENTSTORE_URL: eventStore.url, REDIS_URL: redis.url, DATA_DIR: folder.path };
const service = await startService({ ...address, ...issuer.environment });
const token = await issuer.sign({ sub: 'alice', role: 'partner-admin-agent', partner_id: 'contoso' });
const client = EventStoreDBClient.connectionString(eventStore.url);

/** CPU time of a process until now, in milliseconds. */
const cpuOf = (pid: number): number => {
  const [utime = 0, stime = 0] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
  return (utime + stime) * 10;
};

/** Events per second for this much work. */
const rate = async (rows: number, work: () => Promise<void>): Promise<number> => {
  const pids = [service.pid, eventStore.pid, redis.pid, process.pid];
  const cpu = pids.map(cpuOf);
  const started = performance.now();
  await work();
  console.log(
    'cpu µs per event: service, store, redis, bench',
    pids.map((pid, i) => Math.round(((cpuOf(pid) - cpu[i]!) * 1_000) / rows / EVENTS_PER_ROW)).join(' '),
  );
  return (rows * EVENTS_PER_ROW * 1_000) / (performance.now() - started);
};

const residentMiB = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;

const rowsFrom = function* (first: number, count: number): Generator<string> {
  for (let n = first; n < first + count; n += 1)
    yield `{"customerId":"customer-${n}","name":"Customer ${n}","domain":"c${n}.example","portal":"azure-portal"}\n`;
};

/** Imports over HTTP, reading every answer. */
const importRows = async (first: number, count: number): Promise<void> => {
  const sent = request(`${service.url}/v1/partners/contoso/customers/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'idempotency-key': `bench-${first}`,
    },
  });
  const answered = new Promise<string>((resolve, reject) => {
    sent.on('error', reject).on('response', (response) => {
      let last = '';
      createInterface({ input: response })
        .on('line', (line) => (last = line))
        .on('close', () => resolve(last));
    });
  });
  await pipeline(Readable.from(rowsFrom(first, count), { objectMode: false }), sent);
  const { summary } = JSON.parse(await answered) as { summary?: { established: number } };
  if (summary?.established !== count) throw new Error(`Not every row was established: ${await answered}`);
};

/** The two events of a row, as large as the import's own, by the client alone. No read model follows their types. */
const appendRows = async (name: string, first: number, count: number): Promise<void> => {
  const one = async (stream: string, sample: (typeof samples)[number]) =>
    client.appendToStream(stream, jsonEvent({ type: `Raw${sample.type}`, ...sample.content }), {
      expectedRevision: NO_STREAM,
    });
  let next = first;
  const worker = async () => {
    for (let n = next++; n < first + count; n = next++)
      for (const sample of samples) await one(`raw-${name}-${sample.type}-${n}`, sample);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
};

const sampleOf = async (stream: string) => {
  for await (const { event } of client.readStream(stream))
    if (event) return { type: event.type, content: { data: event.data as never, metadata: event.metadata as never } };
  throw new Error(`${stream} is empty.`);
};

await new Api(service.url, token).post('/v1/partners/contoso/enrol', { name: 'Contoso', kind: 'indirect-reseller' });
await importRows(0, WARM_UP);
const samples = [await sampleOf('customer-customer-0'), await sampleOf('relationship-contoso~customer-0')];
await appendRows('warm-up', 0, WARM_UP);

const rounds: { readonly raw: number; readonly imported: number; readonly ratio: number }[] = [];
const before = residentMiB();
for (let n = 0; n < ROUNDS; n += 1) {
  const rawFirst = await rate(ROWS / 2, () => appendRows(`${n}-first`, 0, ROWS / 2));
  const imported = await rate(ROWS, () => importRows(WARM_UP + n * ROWS, ROWS));
  const rawLast = await rate(ROWS / 2, () => appendRows(`${n}-last`, 0, ROWS / 2));
  const raw = (rawFirst + rawLast) / 2;
  rounds.push({ raw, imported, ratio: imported / raw });
  console.log(
    `raw ${Math.round(rawFirst)}, import ${Math.round(imported)}, raw ${Math.round(rawLast)} appends/s: ${(imported / raw).toFixed(2)}`,
  );
}
const after = residentMiB();
rounds.sort((one, other) => one.ratio - other.ratio);
const [worst, median] = [rounds[0]!, rounds[Math.floor(ROUNDS / 2)]!];

console.log(
  `rows                ${ROWS}, ${IN_FLIGHT} raw appends in flight, ${EVENTS_PER_ROW} events each, ${ROUNDS} rounds`,
);
console.log(`raw client          ${Math.round(median.raw)} appends/s in the middle round`);
console.log(`import over HTTP    ${Math.round(median.imported)} appends/s in the middle round`);
console.log(
  `import / raw        ${median.ratio.toFixed(2)} (at least ${BOUND}), ${worst.ratio.toFixed(2)} in the worst round`,
);
console.log(`service's memory    ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after the imports`);

await service.kill('SIGTERM');
await Promise.all([eventStore.kill(), redis.kill()]);
await folder.remove();
process.exit(median.ratio >= BOUND ? 0 : 1);
