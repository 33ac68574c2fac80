/**
 * Sorted lists that take a third of the memory of one sorted set: Redis keeps a set of 128 short members in one piece of
 * memory, and beyond that spends some 90 bytes more on each. So a list is cut into leaves of at most 128, as a B-tree is.
 * The first leaf bears the list's name, any other also its first member's, which stands in a set of such names. All of a
 * list's keys share the hash tag that the script's declared keys have.
 *
 * `enter` and `leave` change a list. Members that come together are written together, leaf by leaf, because each call costs
 * as much as a member; they come in the order of their bytes, so that what lies between two in the same leaf needs no look
 * for its own. 512 are taken at a time, as what is known of their leaves is kept until all are written. `range` appends to
 * `found` the members between bounds that are as ZRANGEBYLEX wants them, until it holds `count`.
 */
export const SORTED_LISTS = `
local FULL = 128
local PORTION = 512
local function leafOf(list, member)
  local from = redis.call('ZREVRANGEBYLEX', list .. ':leaves', '[' .. member, '-', 'LIMIT', '0', '1')[1]
  return from and list .. ':' .. from or list, from
end
local function put(set, members, first, last)
  local scored = {}
  for n = first, last do
    scored[#scored + 1] = '0'
    scored[#scored + 1] = members[n]
  end
  redis.call('ZADD', set, unpack(scored))
end
local function cut(list, leaf, member)
  local atEnd = redis.call('ZLEXCOUNT', leaf, '(' .. member, '+') == 0
  local upper = atEnd and {member} or redis.call('ZRANGE', leaf, FULL / 2, -1)
  if not atEnd then redis.call('ZREMRANGEBYRANK', leaf, FULL / 2, -1) end
  put(list .. ':' .. upper[1], upper, 1, #upper)
  redis.call('ZADD', list .. ':leaves', '0', upper[1])
  return atEnd
end
local function findLeaves(list, members, first, last, leaves)
  if leaves[first] == leaves[last] then
    for n = first + 1, last - 1 do leaves[n] = leaves[first] end
  elseif last - first > 1 then
    local middle = math.floor((first + last) / 2)
    leaves[middle] = leafOf(list, members[middle])
    findLeaves(list, members, first, middle, leaves)
    findLeaves(list, members, middle, last, leaves)
  end
end
local spread
local function fill(list, leaf, members, first, last)
  local left = first + math.max(0, FULL - redis.call('ZCARD', leaf))
  if left > first then put(leaf, members, first, math.min(last, left - 1)) end
  if left > last then return end
  if redis.call('ZCARD', leaf) >= FULL then
    local isThere = redis.call('ZSCORE', leaf, members[left]) or cut(list, leaf, members[left])
    if isThere then left = left + 1 end
  end
  return spread(list, members, left, last)
end
function spread(list, members, first, last)
  if first > last then return end
  local leaves = {[first] = leafOf(list, members[first])}
  if last > first then leaves[last] = leafOf(list, members[last]) end
  findLeaves(list, members, first, last, leaves)
  while first <= last do
    local same = first
    while same < last and leaves[same + 1] == leaves[first] do same = same + 1 end
    fill(list, leaves[first], members, first, same)
    first = same + 1
  end
end
local function enter(list, members, first, last)
  for n = first, last, PORTION do spread(list, members, n, math.min(last, n + PORTION - 1)) end
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
