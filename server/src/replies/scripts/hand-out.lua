-- Gives the maker of a turn its message, the same one to every maker of that turn, or closes the turn.
-- KEYS head log seen text spoken waiting watchers; ARGV turn
-- Answers {'ok', member, those still waiting} | {'closed'} | {'stale', open turn or '', its home} | {'reopen'}
local h = redis.call('HMGET', KEYS[1], 'run', 'turn', 'open', 'message', 'home')
if h[1] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
if h[3] ~= '1' or h[2] ~= ARGV[1] then return {'stale', h[3] == '1' and h[2] or '', h[5] or ''} end
local member = h[4]
if not member then
  member = redis.call('ZPOPMIN', KEYS[6])[1]
  if not member then
    redis.call('HDEL', KEYS[1], 'open')
    return {'closed'}
  end
  redis.call('HSET', KEYS[1], 'message', member)
end
return {'ok', member, redis.call('ZRANGE', KEYS[6], 0, -1)}
