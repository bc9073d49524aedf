import { LONGEST_TRIP_MS } from '../rate-limit/planner/window-count.ts'

/**
 * `exchangePlaces` in Lua, in whole milliseconds of the server's clock. `log` holds the places, a sorted set by the moment
 * of arrival; `begun` the facts, as JSON. A member of score 0 says that the log is the one that was begun with the facts:
 * where Redis has evicted it alone, nothing leaves for the longest window, or for a minute.
 */
export const EXCHANGE_SCRIPT: string = `
local log, begun, ask, TRIP = KEYS[1], KEYS[2], cjson.decode(ARGV[1]), ${LONGEST_TRIP_MS}
local max, min, floor, time, told, states = math.max, math.min, math.floor, redis.call('TIME'), {}, {}
local now = time[1] * 1000 + floor(time[2] / 1000)
local shortest, longest = ask.windows[1] or { limit = 1 }, ask.windows[#ask.windows] or { windowMs = 0 }
local function after(moment) return '(' .. floor(moment) end
local function count(moment) return redis.call('ZCOUNT', log, after(moment), '+inf') end
local function put(id, moment) redis.call('ZADD', log, math.ceil(moment), id) end

local kept = redis.call('GET', begun)
local f = kept and cjson.decode(kept)
  or { at = now, epoch = now, exchanges = 0, closedUntil = 0, probeUntil = 0, windows = {} }
local isEvicted, backMs = redis.call('ZADD', log, 0, 'begun') == 1 and kept, max(0, f.at - now)
f.at, f.closedUntil, f.probeUntil = now, f.closedUntil - backMs, f.probeUntil - backMs
if backMs > TRIP then f.windows, f.pace = {}, nil end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', log, after(now + TRIP), '+inf')) do put(id, now + TRIP) end
redis.call('ZREMRANGEBYSCORE', log, '(0', floor(now - longest.windowMs - 10000))

f.exchanges = f.exchanges + 1
if isEvicted or ask.seen >= f.exchanges then
  f.exchanges, f.epoch, f.isHalfOpen = max(f.exchanges, ask.seen + 1), max(now, f.epoch + 1), true
  f.closedUntil = max(f.closedUntil, now + (isEvicted and min(longest.windowMs, 60000) or 0))
end
for _, place in ipairs(ask.arrived) do
  put(place.id, now - max(place.msAgo, -TRIP))
  if place.msAgo >= 0 and now - place.msAgo >= f.closedUntil then f.isHalfOpen = false end
end
for _, id in ipairs(ask.freed) do redis.call('ZREM', log, id) f.probeUntil = now end
local most = f.pace and min(shortest.limit, f.pace.limit + floor((now - f.pace.since) / 8000)) or shortest.limit
if ask.closeMs > 0 then
  if now >= f.closedUntil then most = max(1, floor(most / 2)) end
  f.pace, f.closedUntil, f.isHalfOpen = { limit = most, since = now }, max(f.closedUntil, now + math.ceil(ask.closeMs)), true
end
if most >= shortest.limit then f.pace = nil end

local granted = f.isHalfOpen and min(1, #ask.want) or #ask.want
if now < f.closedUntil or f.isHalfOpen and now < f.probeUntil then granted = 0 end
for _, one in ipairs(ask.told) do told[one.name], f.toldLimit = one, one.limit end
for i, spec in ipairs(ask.windows) do
  local w, one, length = f.windows[spec.name] or {}, told[spec.name], spec.windowMs
  if one and one.endsIn then
    local fresh = { earliest = now + one.endsIn.earliestMs, latest = now + min(one.endsIn.latestMs, length) }
    local known = w.ends or fresh
    local both = { earliest = max(known.earliest, fresh.earliest), latest = min(known.latest, fresh.latest) }
    w.ends = both.earliest <= both.latest and both or fresh
  end
  if w.strangers and w.strangers.leaveAt <= now then w.strangers = nil end
  local others = one and spec.limit - one.remaining - count(now - one.sentMsAgo - length) or 0
  if others > (w.strangers and w.strangers.count or 0) then w.strangers = { count = others, leaveAt = now + length } end
  if w.strangers and w.ends then w.strangers.leaveAt = min(w.strangers.leaveAt, w.ends.latest) end
  if w.ends and w.ends.latest <= now then w.floor, w.ends = max(w.ends.earliest, w.floor or 0), nil end
  local since = max(now - length, w.floor or 0)
  local s = { since = since, used = count(since), others = w.strangers and w.strangers.count or 0 }
  s.limit = min(spec.limit - max(s.others, spec.leave or 0), i == 1 and most or spec.limit)
  f.windows[spec.name], states[i], granted = w, s, max(0, min(granted, s.limit - s.used))
end
for i = 1, granted do put(ask.want[i], now + TRIP) end
if f.isHalfOpen and granted > 0 then f.probeUntil = now + 2 * TRIP end

local opensAt, windows = max(now, f.closedUntil, f.isHalfOpen and min(f.probeUntil, now + 100) or now), {}
for i, spec in ipairs(ask.windows) do
  local s, w = states[i], f.windows[spec.name]
  if s.used + granted >= s.limit then
    local range = { log, after(s.since), '+inf', 'WITHSCORES', 'LIMIT', max(0, s.used - s.limit), 1 }
    local freesAt = min(now, tonumber(redis.call('ZRANGEBYSCORE', unpack(range))[2] or now)) + spec.windowMs
    local leaveAt = w.strangers and w.strangers.leaveAt or freesAt
    opensAt = max(opensAt, min(freesAt, leaveAt, w.ends and w.ends.latest or freesAt))
  end
  windows[i] = { used = s.used + granted + s.others, strangers = s.others, endsInMs = w.ends and w.ends.latest - now }
end
local keptMs = math.ceil(3 * longest.windowMs + 60000 + max(0, f.closedUntil - now))
redis.call('SET', begun, cjson.encode(f), 'PX', keptMs)
redis.call('PEXPIRE', log, keptMs)
local reply = { granted = granted, waitMs = opensAt - now, closedMs = max(0, f.closedUntil - now), windows = windows }
reply.toldLimit, reply.exchanges, reply.epoch = f.toldLimit, f.exchanges, f.epoch
return cjson.encode(reply)
`
