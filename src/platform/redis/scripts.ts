import { MERGED_LISTS, SORTED_LISTS } from './sorted-lists.js';

/**
 * KEYS: checkpoint, live, letters, every key written. ARGV: the checkpoint expected ('' for none), the next one, whether
 * that is the log's end ('1'), the letters' revision expected ('' for none), whether they change ('1'), and the writes in
 * JSON, which takes less time than an argument for each of theirs: command, number of its key, arguments. Answers whether
 * it was applied, the checkpoint found, and the letters' revision as it is now. An entry that a log holds already is the
 * same one.
 */
const APPLY_BATCH = `${SORTED_LISTS}
local function keep(key, position, entry)
  local done = redis.pcall('XADD', key, position, 'e', entry)
  if type(done) == 'table' and done.err and not string.find(done.err, 'equal or smaller') then error(done) end
end
local CHANGES = {
  ENTER = function(key, write) enter(key, write, 3, #write) end,
  LEAVE = function(key, write) for n = 3, #write do leave(key, write[n]) end end,
  APPEND = function(key, write) for n = 3, #write, 2 do keep(key, write[n], write[n + 1]) end end,
  REFER = function(key, write) put(key, write, 3, #write) end,
  NOTE = function(key, write) for n = 3, #write do keep(key, write[n], '') end end,
}
local found = redis.call('GET', KEYS[1])
local revision = redis.call('HGET', KEYS[3], 'revision') or ''
if (found or '') ~= ARGV[1] or revision ~= ARGV[4] then return {0, found, revision} end
if not found then redis.call('DEL', KEYS[2], KEYS[3]) end
for _, write in ipairs(cjson.decode(ARGV[6])) do
  local key = KEYS[write[2]]
  local change = CHANGES[write[1]]
  if change then change(key, write) else redis.call(write[1], key, unpack(write, 3)) end
end
local time = redis.call('TIME')
if ARGV[5] == '1' then
  revision = time[1] .. '.' .. time[2]
  redis.call('HSET', KEYS[3], 'revision', revision)
end
if ARGV[3] == '1' then redis.call('SET', KEYS[2], time[1]) end
if ARGV[2] ~= ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[2])
  redis.call('PUBLISH', KEYS[1], ARGV[2])
end
return {1, found, revision}
`;

/** What every reading begins with: nothing of a model that is not whole. Rows begin with the checkpoint and its age. */
const LIVE_ONLY = `
local live = redis.call('GET', KEYS[2])
if not live then return false end
local rows = {redis.call('GET', KEYS[1]) or '', tostring(redis.call('TIME')[1] - live)}
`;

/** KEYS: checkpoint, live, documents. ARGV: id. */
const READ_DOCUMENT = `${LIVE_ONLY}
rows[3] = redis.call('HGET', KEYS[3], ARGV[1])
return rows
`;

/** The document of each member, which ends with its id. KEYS[3]: documents. Rows are members, then documents. */
const WITH_DOCUMENTS = `
local ids = {}
for n, member in ipairs(members) do
  rows[n + 2] = member
  ids[n] = string.sub(member, string.find(member, '\\0', 1, true) + 1)
end
if #ids == 0 then return rows end
for n, document in ipairs(redis.call('HMGET', KEYS[3], unpack(ids))) do rows[#ids + n + 2] = document end
return rows
`;

/** KEYS: checkpoint, live, documents, list. ARGV: the first and the last member, as ZRANGEBYLEX wants them, how many. */
const READ_INDEX = `${LIVE_ONLY}${SORTED_LISTS}
local members = {}
range(KEYS[4], ARGV[1], ARGV[2], tonumber(ARGV[3]), members)
${WITH_DOCUMENTS}`;

/** As above, of a list of several kinds. ARGV, besides: the kinds; none for all that there are. */
const READ_KINDS = `${LIVE_ONLY}${SORTED_LISTS}${MERGED_LISTS}
local kinds = #ARGV > 3 and {unpack(ARGV, 4)} or kindsIn(KEYS[4])
local members = merged(KEYS[4], kinds, ARGV[1], ARGV[2], tonumber(ARGV[3]))
${WITH_DOCUMENTS}`;

/**
 * KEYS: checkpoint, live, log, list (the log itself for all), the list's late entries. ARGV: position to go on after (''),
 * how many. A late entry is its position in twenty digits, a blank, and the entry.
 */
const READ_LOG = `${LIVE_ONLY}
local count = tonumber(ARGV[2])
local function padded(position) return string.rep('0', 20 - #position) .. position end
local start = ARGV[1] == '' and '-' or '(' .. ARGV[1] .. '-0'
local kept = redis.call('XRANGE', KEYS[4], start, '+', 'COUNT', count)
local after = ARGV[1] == '' and '-' or '(' .. padded(ARGV[1]) .. '~'
local late = redis.call('ZRANGEBYLEX', KEYS[5], after, '+', 'LIMIT', 0, count)
local n, m = 1, 1
while n + m - 2 < count and (kept[n] or late[m]) do
  local position = kept[n] and string.match(kept[n][1], '^%d+')
  if late[m] and (not position or string.sub(late[m], 1, 20) < padded(position)) then
    rows[#rows + 1] = string.sub(late[m], 1, 20)
    rows[#rows + 1] = string.sub(late[m], 22)
    m = m + 1
  else
    local one = kept[n]
    rows[#rows + 1] = position
    rows[#rows + 1] = KEYS[3] == KEYS[4] and one[2][2] or redis.call('XRANGE', KEYS[3], one[1], one[1])[1][2][2]
    n = n + 1
  end
end
return rows
`;

/** KEYS: checkpoint, live, list of references. ARGV: the reference to go on after (''), how many. */
const READ_REFERENCES = `${LIVE_ONLY}
local after = ARGV[1] == '' and '-' or '(' .. ARGV[1]
for n, reference in ipairs(redis.call('ZRANGEBYLEX', KEYS[3], after, '+', 'LIMIT', 0, ARGV[2])) do
  rows[n + 2] = reference
end
return rows
`;

/** KEYS: checkpoint, live, log, late entries. ARGV: positions. Entries in their order, false where there is none. */
const READ_ENTRIES = `${LIVE_ONLY}
for n, position in ipairs(ARGV) do
  local found = redis.call('XRANGE', KEYS[3], position .. '-0', position .. '-0')[1]
  rows[n + 2] = found and found[2][2]
  if not found then
    local padded = string.rep('0', 20 - #position) .. position
    local late = redis.call('ZRANGEBYLEX', KEYS[4], '[' .. padded .. ' ', '(' .. padded .. '!')[1]
    rows[n + 2] = late and string.sub(late, 22) or false
  end
end
return rows
`;

/**
 * KEYS: the living (by when they are given up), the holder of each shard. ARGV: holder, milliseconds, how many shards.
 * Takes what nobody living holds, up to a fair share; gives up what is beyond it. Answers the shards held.
 */
const HOLD_LEASES = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
local fair = math.ceil(ARGV[3] / redis.call('ZCARD', KEYS[1]))
local held, free = {}, {}
for shard = 0, ARGV[3] - 1 do
  local holder = redis.call('HGET', KEYS[2], shard)
  if holder == ARGV[1] then held[#held + 1] = shard
  elseif not holder or not redis.call('ZSCORE', KEYS[1], holder) then free[#free + 1] = shard end
end
while #held > fair do redis.call('HDEL', KEYS[2], table.remove(held)) end
for _, shard in ipairs(free) do
  if #held < fair then
    redis.call('HSET', KEYS[2], shard, ARGV[1])
    held[#held + 1] = shard
  end
end
return held
`;

/** KEYS: as above. ARGV: holder, how many shards. */
const RELEASE_LEASES = `
redis.call('ZREM', KEYS[1], ARGV[1])
for shard = 0, ARGV[2] - 1 do
  if redis.call('HGET', KEYS[2], shard) == ARGV[1] then redis.call('HDEL', KEYS[2], shard) end
end
`;

/**
 * KEYS: the builds of a model. ARGV: version, whether a build is asked for ('1') or only made when it must be, the build
 * that the caller knew as live (''): if all was lost, it is built again under its name. Answers the build of this version
 * that is live or to come.
 */
const PLAN_BUILD = `
local live, nextOne = unpack(redis.call('HMGET', KEYS[1], 'live', 'next'))
local function versionOf(build) return build and tonumber(string.match(build, '^%d+')) or 0 end
local function named() return ARGV[1] .. '.' .. redis.call('HINCRBY', KEYS[1], 'count', 1) end
local version = tonumber(ARGV[1])
if not live then
  if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'count', string.match(ARGV[3], '%d+$')) end
  live = ARGV[3] ~= '' and ARGV[3] or named()
  redis.call('HSET', KEYS[1], 'live', live)
  redis.call('PUBLISH', KEYS[1], live)
  return live
end
local asked = ARGV[2] == '1'
if not asked and version <= math.max(versionOf(live), versionOf(nextOne)) then return nextOne or live end
if nextOne and versionOf(nextOne) ~= version then
  redis.call('HSET', KEYS[1], 'retired:' .. nextOne, '1')
  nextOne = nil
end
redis.call('HDEL', KEYS[1], 'failure')
if asked then redis.call('HINCRBY', KEYS[1], 'attempts', 1) end
if not nextOne then
  nextOne = named()
  redis.call('HSET', KEYS[1], 'next', nextOne)
end
return nextOne
`;

/** KEYS: the builds of a model. ARGV: the next build. Answers whether it is live now. */
const SWAP_BUILD = `
local live, nextOne = unpack(redis.call('HMGET', KEYS[1], 'live', 'next'))
if nextOne ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'live', nextOne, 'retired:' .. live, '1')
redis.call('HDEL', KEYS[1], 'next', 'failure')
redis.call('PUBLISH', KEYS[1], nextOne)
return 1
`;

export const SCRIPTS = {
  applyBatch: { lua: APPLY_BATCH },
  planBuild: { lua: PLAN_BUILD, numberOfKeys: 1 },
  swapBuild: { lua: SWAP_BUILD, numberOfKeys: 1 },
  holdLeases: { lua: HOLD_LEASES, numberOfKeys: 2 },
  releaseLeases: { lua: RELEASE_LEASES, numberOfKeys: 2 },
  readDocument: { lua: READ_DOCUMENT, numberOfKeys: 3, readOnly: true },
  readIndex: { lua: READ_INDEX, numberOfKeys: 4, readOnly: true },
  readKinds: { lua: READ_KINDS, numberOfKeys: 4, readOnly: true },
  readLog: { lua: READ_LOG, numberOfKeys: 5, readOnly: true },
  readReferences: { lua: READ_REFERENCES, numberOfKeys: 3, readOnly: true },
  readEntries: { lua: READ_ENTRIES, numberOfKeys: 4, readOnly: true },
} as const;
