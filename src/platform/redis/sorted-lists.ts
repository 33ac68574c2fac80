/**
 * Sorted lists that take a third of the memory of one sorted set: Redis keeps a set of 128 short members in one piece of
 * memory, and beyond that spends some 90 bytes more on each. So a list is cut into leaves of at most 128, as a B-tree is.
 * The first leaf bears the list's name, any other also its first member's, which stands in a set of such names. All of a
 * list's keys share the hash tag that the script's declared keys have.
 *
 * `enter` and `leave` change a list: members that come together are written together, leaf by leaf, because each call costs
 * as much as a member. `range` appends to `found` the members between bounds that are as ZRANGEBYLEX wants them, until it
 * holds `count`.
 */
export const SORTED_LISTS = `
local FULL = 128
local function leafOf(list, member)
  local from = redis.call('ZREVRANGEBYLEX', list .. ':leaves', '[' .. member, '-', 'LIMIT', '0', '1')[1]
  return from and list .. ':' .. from or list, from
end
local function put(set, members)
  local scored = {}
  for n, member in ipairs(members) do scored[2 * n - 1], scored[2 * n] = '0', member end
  redis.call('ZADD', set, unpack(scored))
end
local function cut(list, leaf, member)
  local atEnd = redis.call('ZLEXCOUNT', leaf, '(' .. member, '+') == 0
  local upper = atEnd and {member} or redis.call('ZRANGE', leaf, FULL / 2, -1)
  if not atEnd then redis.call('ZREMRANGEBYRANK', leaf, FULL / 2, -1) end
  put(list .. ':' .. upper[1], upper)
  redis.call('ZADD', list .. ':leaves', '0', upper[1])
end
local function collect(list, member, leaves)
  local leaf = leafOf(list, member)
  local new = leaves[leaf]
  if new and new.room == 0 then put(leaf, new.members) end
  if not new or new.room == 0 then
    new = {members = {}, room = FULL - redis.call('ZCARD', leaf)}
    leaves[leaf] = new
  end
  if new.room > 0 then
    new.members[#new.members + 1], new.room = member, new.room - 1
    return
  end
  leaves[leaf] = nil
  if redis.call('ZSCORE', leaf, member) then return end
  cut(list, leaf, member)
  collect(list, member, leaves)
end
local function enter(list, members, first, last)
  local leaves = {}
  for n = first, last do collect(list, members[n], leaves) end
  for leaf, new in pairs(leaves) do put(leaf, new.members) end
end
local function leave(list, member)
  local leaf, from = leafOf(list, member)
  redis.call('ZREM', leaf, member)
  if from and redis.call('EXISTS', leaf) == 0 then redis.call('ZREM', list .. ':leaves', from) end
end
local function range(list, first, last, count, found)
  local leaf, from = list, nil
  if first ~= '-' then leaf, from = leafOf(list, string.sub(first, 2)) end
  while true do
    for _, one in ipairs(redis.call('ZRANGEBYLEX', leaf, first, last, 'LIMIT', 0, count - #found)) do
      found[#found + 1] = one
    end
    if #found >= count then return end
    from = redis.call('ZRANGEBYLEX', list .. ':leaves', from and '(' .. from or '-', last, 'LIMIT', 0, 1)[1]
    if not from then return end
    leaf = list .. ':' .. from
  end
end
`;

/** Of a member that begins with its kind, in characters. */
export const KIND_WIDTH = 2;

/**
 * A list of several kinds, whose members begin with their kind, read as one: `kinds` of two characters each, or all that
 * there are. The members, kinds and all, are merged by the bytes behind their kinds: Lua compares texts as the machine's
 * language does.
 */
export const MERGED_LISTS = `
local KIND, ABOVE = ${KIND_WIDTH}, string.char(255)
local function kindsIn(list)
  local kinds, first = {}, '-'
  while true do
    local found = {}
    range(list, first, '+', 1, found)
    if not found[1] then return kinds end
    kinds[#kinds + 1] = string.sub(found[1], 1, KIND)
    first = '(' .. kinds[#kinds] .. ABOVE
  end
end
local function isBefore(one, other)
  for at = KIND + 1, math.min(#one, #other) do
    local a, b = string.byte(one, at), string.byte(other, at)
    if a ~= b then return a < b end
  end
  return #one < #other
end
local function ofKind(list, kind, first, last, count)
  local found = {}
  local from = first == '-' and '[' .. kind or string.sub(first, 1, 1) .. kind .. string.sub(first, 2)
  local to = '(' .. kind .. (last == '+' and ABOVE or string.sub(last, 2))
  range(list, from, to, count, found)
  return found
end
local function merged(list, kinds, first, last, count)
  local parts, at, found = {}, {}, {}
  for n, kind in ipairs(kinds) do parts[n], at[n] = ofKind(list, kind, first, last, count), 1 end
  if #parts == 1 then return parts[1] end
  while #found < count do
    local least
    for n, part in ipairs(parts) do
      if part[at[n]] and (not least or isBefore(part[at[n]], parts[least][at[least]])) then least = n end
    end
    if not least then return found end
    found[#found + 1] = parts[least][at[least]]
    at[least] = at[least] + 1
  end
  return found
end
`;
