-- Puts a message in line and opens the next turn where none is open.
-- KEYS head log seen text spoken waiting watchers; ARGV member, score, home ('' or the server that asks)
-- Answers {'ok', turn, place, home} | {'reopen'}
local h = redis.call('HMGET', KEYS[1], 'run', 'turn', 'open', 'message', 'home')
if h[1] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
local turn, place, home = h[2], 0, h[5] or ''
if h[4] ~= ARGV[1] then
  redis.call('ZADD', KEYS[6], 'NX', ARGV[2], ARGV[1])
  place = redis.call('ZRANK', KEYS[6], ARGV[1])
  if h[4] then place = place + 1 end
  redis.call('PEXPIRE', KEYS[6], math.max(redis.call('PTTL', KEYS[1]), 1))
end
if h[3] ~= '1' then
  turn = string.format('%.0f', turn + 1)
  -- What one server alone watches is made there.
  local alone = ARGV[3] ~= '' and redis.call('SCARD', KEYS[7]) == 1 and redis.call('SISMEMBER', KEYS[7], ARGV[3]) == 1
  home = alone and ARGV[3] or ''
  redis.call('HSET', KEYS[1], 'turn', turn, 'open', '1', 'home', home)
end
return {'ok', turn, place, home}
