-- Shuts the maker out and marks the reply, so that whoever finds it ends it.
-- KEYS head log seen text spoken waiting watchers; ARGV reply id, finish, owner epoch or ''
-- Answers {'stopping', epoch, fence, text, finish, spoken} | {'speaking'} | {'ended'} | {'unknown'} | {'conflict', owner epoch} | {'reopen'}
local h = redis.call('HMGET', KEYS[1], 'epoch', 'run', 'reply', 'state', 'speaksUntil', 'finish', 'fence', 'ownerEpoch')
if not h[1] or h[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
if ARGV[3] ~= '' and ARGV[3] ~= h[8] then return {'conflict', h[8]} end
if h[3] ~= ARGV[1] then return {'unknown'} end
if h[4] == 'ended' then
  local t = redis.call('TIME')
  if tonumber(h[5] or '0') > t[1] * 1000 + math.floor(t[2] / 1000) then return {'speaking'} end
  return {'ended'}
end
local fence, finish = h[7], h[6]
if h[4] ~= 'stopping' then
  fence, finish = redis.call('HINCRBY', KEYS[1], 'fence', 1), ARGV[2]
  redis.call('HSET', KEYS[1], 'state', 'stopping', 'finish', finish)
end
return {'stopping', h[1], fence, redis.call('GET', KEYS[4]) or '', finish, redis.call('LLEN', KEYS[5])}
