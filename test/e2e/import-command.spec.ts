import { createHash, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { progressLine } from '../../src/platform/cli/progress.js';
import { scratchFolder } from '../support/servers.js';
import { numbers, rowOf, toBody } from './import.fixture.js';
import type { Stage } from './stage.fixture.js';
import { ENROLMENT, openStage } from './stage.fixture.js';

const ROWS = 1_200;
const BROKEN_AFTER_BYTES = 20_000;
let stage: Stage;
let folder: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  folder = await scratchFolder();
});
afterAll(async () => {
  await stage.close();
  await folder.remove();
});

/** Runs the command to its end. */
const command = async (url: string, path: string, token: string) => {
  const args = ['dist/src/customers/cli/main.js', path, '--partner', 'contoso', '--url', url];
  const child = spawn(process.execPath, args, { env: { ...process.env, TOKEN: token } });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, errors, code: code as number };
};
const fileWith = async (body: string): Promise<string> => {
  const path = join(folder.path, `${randomUUID()}.ndjson`);
  await writeFile(path, body);
  return path;
};
const established = async (n: number) =>
  (await stage.stream(`relationship-contoso~customer-${n}`)).filter(({ type }) => type === 'RelationshipEstablished');

/** A way to the service whose first connection breaks after so many bytes of the answer. */
const breakingOnce = async (to: string) => {
  let connections = 0;
  const server = createServer((caller) => {
    const service = createConnection(Number(new URL(to).port), '127.0.0.1');
    const isFirst = (connections += 1) === 1;
    let passed = 0;
    service.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (isFirst && passed > BROKEN_AFTER_BYTES) return caller.destroy();
      caller.write(chunk);
    });
    caller.pipe(service);
    for (const [one, other] of [
      [caller, service],
      [service, caller],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections, close: () => server.close() };
};

describe('The import command', () => {
  it('goes on by itself after a broken connection, and nothing is established twice (R4, D7)', async () => {
    const way = await breakingOnce(stage.url);
    const path = await fileWith(toBody(numbers(ROWS).map((n) => rowOf(n))));
    const { code, out, errors } = await command(way.url, path, await stage.token({}));
    way.close();
    expect([way.connections(), code, out]).toEqual([2, 0, '']);
    expect(errors).toContain('The connection broke. It goes on in 0.5 s.');
    expect(errors).toContain(`${ROWS} established, 0 already there, 0 refused`);
    for (const n of [0, ROWS / 2, ROWS - 1]) expect(await established(n)).toHaveLength(1);
  });

  it('prints the rows that were refused, and says so by its exit code (R4)', async () => {
    const path = await fileWith(toBody([rowOf(0), rowOf('wrong', { domain: 'no domain' })]));
    const { code, out, errors } = await command(stage.url, path, await stage.token({}));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ row: 2, customerId: 'customer-wrong', pointer: '/domain' });
    expect(errors).toContain('0 established, 1 already there, 1 refused');
  });

  it('says in one sentence why the service does not take it at all', async () => {
    const path = await fileWith(toBody([rowOf(0)]));
    const { code, errors } = await command(stage.url, path, 'no token');
    expect([code, /401/.test(errors)]).toEqual([1, true]);
  });

  it('sends the same file under the same key, so that it can be run again', async () => {
    const { rowsFile } = await import('../../src/customers/cli/rows-file.js');
    const body = `${toBody([rowOf(1), rowOf(2)])}\n\n${JSON.stringify(rowOf(3))}`;
    const key = `import-${createHash('sha256').update(body).digest('hex')}`;
    expect(await rowsFile(await fileWith(body))).toMatchObject({ rows: 3, key });
  });

  it('shows how many rows a second it makes, and the time left', () =>
    expect(progressLine(0.5, 0, 10_000, { total: 50_000, unit: 'rows' })).toBe(
      '[###############...............]  50.0 %  2500 rows/s  10 s left',
    ));
});
