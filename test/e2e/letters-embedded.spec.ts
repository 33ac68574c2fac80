import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { scratchFolder } from '../support/servers.js';
import type { Service } from '../support/service.js';
import { startService } from '../support/service.js';

const CLI = join(process.cwd(), 'dist/projections/runner/cli/main.js');

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let service: Service;
beforeEach(async () => {
  folder = await scratchFolder();
  service = await startService({ DATA_DIR: folder.path });
});
afterEach(async () => {
  await service.kill('SIGTERM');
  await folder.remove();
});

describe('The projections command beside a service with servers of its own', () => {
  it('finds both in the data folder', async () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [CLI, ...args], { env: { ...process.env, DATA_DIR: folder.path }, encoding: 'utf8' });
    const listed = run('letters');
    expect([listed.status, listed.stdout]).toEqual([0, expect.stringContaining('customer-list: nothing parked')]);
    const tried = run('retry', 'customer-list', 'all');
    expect([tried.status, tried.stdout]).toEqual([0, '0 events applied to customer-list.\n']);
    const unknown = run('retry', 'customer-list', '7');
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('nothing parked at 7')]);
    for (const wrong of [['skip', 'customer-list', '7'], ['retry', 'customer-list'], ['letters', 'nothing'], ['burn']])
      expect([wrong, run(...wrong).status]).toEqual([wrong, 2]);
    await service.kill('SIGTERM');
    const gone = run('retry', 'customer-list', 'all');
    expect([gone.status, gone.stderr]).toEqual([1, expect.stringContaining('the service be running on DATA_DIR')]);
  });
});
