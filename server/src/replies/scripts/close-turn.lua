-- Ends a turn; opens the next one where messages wait.
-- KEYS head log seen text spoken waiting watchers; ARGV turn
-- Answers {'ok', next turn or '', its home} | {'reopen'}
local h = redis.call('HMGET', KEYS[1], 'run', 'turn', 'open', 'home')
if h[1] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
if h[3] ~= '1' then return {'ok', ''} end
if h[2] ~= ARGV[1] then return {'ok', h[2], h[4] or ''} end
redis.call('HDEL', KEYS[1], 'message')
if redis.call('ZCARD', KEYS[6]) == 0 then
  redis.call('HDEL', KEYS[1], 'open')
  return {'ok', ''}
end
local turn = string.format('%.0f', h[2] + 1)
local home = h[4] or ''
if home ~= '' and not (redis.call('SCARD', KEYS[7]) == 1 and redis.call('SISMEMBER', KEYS[7], home) == 1) then home = '' end
redis.call('HSET', KEYS[1], 'turn', turn, 'home', home)
return {'ok', turn, home}
