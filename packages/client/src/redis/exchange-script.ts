/**
 * One exchange with the log of an account. A stream holds the entries; beside it stands when the log was begun, which
 * tells a log that Redis has lost from one that is still the same.
 */
export const EXCHANGE_SCRIPT = `
local log, begun_key = KEYS[1], KEYS[2]
local kept_ms, new_id, begun_seen, place = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local not_before, reports = tonumber(ARGV[5]), tonumber(ARGV[6])

local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local at = string.format('%.3f', now)

local begun = redis.call('GET', begun_key)
if not begun then
  begun = at .. '/' .. new_id
  redis.call('DEL', log)
  redis.call('SET', begun_key, begun)
end
local is_anew = 0
if begun ~= begun_seen then
  place = ''
  if begun_seen ~= '' then is_anew = 1 end
end
local from = '-'
if place ~= '' then from = '(' .. place end

local news = redis.call('XRANGE', log, from, '+', 'COUNT', 1)
local is_current = begun == begun_seen and #news == 0

for index = 7, 6 + reports do
  redis.call('XADD', log, '*', 'at', at, 'event', ARGV[index])
end
local is_claimed = 0
if not_before and is_current and now >= not_before then
  for index = 7 + reports, #ARGV do
    redis.call('XADD', log, '*', 'at', at, 'event', ARGV[index])
  end
  is_claimed = 1
end

local entries = redis.call('XRANGE', log, from, '+')
if #entries > 0 then place = entries[#entries][1] end
redis.call('XTRIM', log, 'MINID', '~', string.format('%d', now - kept_ms))
redis.call('PEXPIRE', log, kept_ms)
redis.call('PEXPIRE', begun_key, kept_ms)
return { at, begun, is_anew, is_claimed, place, entries }
`
