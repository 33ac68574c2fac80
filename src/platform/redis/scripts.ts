/**
 * KEYS: checkpoint, live, every key written. ARGV: the checkpoint expected ('' for none), the next one, whether the
 * model is whole ('1'), then for each write: command, number of its key, number of arguments, arguments.
 * Answers whether it was applied, and the checkpoint found. An entry that a log holds already is the same one.
 */
const APPLY_BATCH = `
local found = redis.call('GET', KEYS[1])
if (found or '') ~= ARGV[1] then return {0, found} end
if not found then redis.call('DEL', KEYS[2]) end
local i = 4
while i <= #ARGV do
  local last = i + 2 + tonumber(ARGV[i + 2])
  local done = redis.pcall(ARGV[i], KEYS[tonumber(ARGV[i + 1])], unpack(ARGV, i + 3, last))
  local refused = type(done) == 'table' and done.err
  if refused and not string.find(refused, 'equal or smaller') then return done end
  i = last + 1
end
if ARGV[2] ~= ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) end
if ARGV[3] == '1' then redis.call('SET', KEYS[2], '1') end
return {1, found}
`;

/** What every reading begins with: nothing of a model that is not whole. */
const LIVE_ONLY = `
if redis.call('EXISTS', KEYS[2]) == 0 then return false end
local at = redis.call('GET', KEYS[1]) or ''
`;

/** KEYS: checkpoint, live, documents. ARGV: id. Answers the checkpoint and the document. */
const READ_DOCUMENT = `${LIVE_ONLY}
return {at, redis.call('HGET', KEYS[3], ARGV[1])}
`;

/** KEYS: checkpoint, live, documents, index. ARGV: the first and the last member, as ZRANGEBYLEX wants them, how many. */
const READ_INDEX = `${LIVE_ONLY}
local members = redis.call('ZRANGEBYLEX', KEYS[4], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])
local rows = {at}
for n, member in ipairs(members) do
  rows[2 * n] = member
  rows[2 * n + 1] = redis.call('HGET', KEYS[3], string.match(member, '%z([^%z]*)$'))
end
return rows
`;

/** KEYS: checkpoint, live, log, list (the log itself for all). ARGV: position to go on after (''), how many. */
const READ_LOG = `${LIVE_ONLY}
local rows, from, kind = {at}, ARGV[1], redis.call('TYPE', KEYS[4]).ok
local function add(id, entry)
  rows[#rows + 1] = string.match(id, '^0*(%d+)')
  rows[#rows + 1] = entry
end
local function fetch(id) return redis.call('XRANGE', KEYS[3], id, id)[1][2][2] end
if kind == 'zset' then
  local found = redis.call('ZRANGEBYLEX', KEYS[4], from == '' and '-' or '(' .. from, '+', 'LIMIT', 0, ARGV[2])
  for _, position in ipairs(found) do add(position, fetch(position .. '-0')) end
elseif kind == 'stream' then
  local start = from == '' and '-' or '(' .. from .. '-0'
  for _, one in ipairs(redis.call('XRANGE', KEYS[4], start, '+', 'COUNT', ARGV[2])) do
    add(one[1], KEYS[3] == KEYS[4] and one[2][2] or fetch(one[1]))
  end
end
return rows
`;

export const SCRIPTS = {
  applyBatch: { lua: APPLY_BATCH },
  readDocument: { lua: READ_DOCUMENT, numberOfKeys: 3, readOnly: true },
  readIndex: { lua: READ_INDEX, numberOfKeys: 4, readOnly: true },
  readLog: { lua: READ_LOG, numberOfKeys: 4, readOnly: true },
} as const;
