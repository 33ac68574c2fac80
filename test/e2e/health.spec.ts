import { waitFor } from '../support/wait.js';
import type { Stage } from './stage.fixture.js';
import { openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const ready = () => stage.with('').get('/health/ready');

describe('Health', () => {
  it('is live without a token', async () => {
    expect((await stage.with('').get('/health/live')).body).toEqual({ status: 'ok' });
  });

  it('is ready when the event store, Redis and every projection are', async () => {
    await waitFor(async () => (await ready()).status === 200, { ms: 5_000 });
    const { details } = (await ready()).body;
    expect(details).toMatchObject({
      eventStore: { status: 'up' },
      redis: { status: 'up' },
      projections: { status: 'up' },
    });
    expect(Object.keys(details.projections)).toEqual(expect.arrayContaining(['customer-list', 'audit-trail']));
  });

  it('names what does not answer, and why; it is well again by itself', async () => {
    stage.redis.freeze();
    const answer = await ready();
    expect(answer.status).toBe(503);
    expect(answer.body.details.redis).toMatchObject({ status: 'down', reason: expect.any(String) });
    expect(answer.body.details.eventStore.status).toBe('up');
    stage.redis.thaw();
    await waitFor(async () => (await ready()).status === 200, { ms: 10_000 });
  });
});
