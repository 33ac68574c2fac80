import { fastify } from 'fastify';
import { CUSTOMERS, customerList, customersBy } from '../../projections/customer-list/customer-list.js';
import { idOf } from '../../projections/kernel/member.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { fullId } from '../../projections/kernel/short.js';
import { statusOf } from '../../src/customers/customer-record.view.js';
import { unpackRecords } from '../../src/customers/customer-scan.service.js';
import { connectRedis, onceConnected } from '../../src/platform/redis/connection.js';
import { LiveBuilds } from '../../src/platform/redis/live-builds.service.js';
import { cut } from '../../src/platform/redis/paging.dto.js';
import { Positions } from '../../src/platform/redis/positions.service.js';
import { ReadModelReader } from '../../src/platform/redis/read-model.reader.js';
import { BY_NAME, cursors, customersOf } from './cursors.js';

/**
 * What no service on this framework can be faster than: one route that asks Redis the same and answers the same bytes,
 * with nobody asking who calls, nothing checked, nothing in between.
 */
const LIMIT = 50;
const QUERY_MS = 500;
const connect = (name: string) => onceConnected(connectRedis(process.argv[2] ?? '', name, QUERY_MS));
const [redis, told] = await Promise.all([connect('bare'), connect('bare, told')]);
const reader = new ReadModelReader(redis, new Positions(told, redis), new LiveBuilds(told, redis));

interface Route {
  Params: { partnerId: string };
  Querystring: { cursor?: string };
}

const NOTHING = { customer: null, relationship: null, privileges: null };
const server = fastify();
server.get<Route>('/v1/partners/:partnerId/customers', async ({ params, query }) => {
  const { partnerId } = params;
  const list = customersOf(partnerId);
  const after = cursors.placeIn(list, { ...BY_NAME, ...query });
  const place = { model: customerList, shard: shardOf(partnerId), min: null };
  const range = { index: customersBy('name', partnerId), kinds: [], after };
  const { position, found } = await reader.range(place, CUSTOMERS, range, LIMIT + 1);
  const { page, next } = cut(found, LIMIT, ({ member }) => member);
  const items = page.map(({ member, packed }) => {
    const { customer, relationship, privileges } = unpackRecords(packed).get(partnerId) ?? NOTHING;
    const { role, source, origin, since } = relationship ?? {};
    const customerId = fullId(idOf(member));
    return { customerId, ...customer, role, source, origin, since, privileges: statusOf(privileges) };
  });
  return { items, next: cursors.next(list, BY_NAME, next), position: position.toString() };
});
const url = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ url })}\n`);
