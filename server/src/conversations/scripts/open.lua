-- Begins a new life of the log, unless a live one is there.
-- KEYS head log seen text spoken waiting watchers
-- ARGV new epoch, keep ms, mode, owner epoch, reply id or '', its head, its text, its length, then score, member of each waiting message
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local h = redis.call('HMGET', KEYS[1], 'epoch', 'run')
if h[1] and h[2] == run then return {'was', h[1]} end
redis.call('DEL', unpack(KEYS))
local t = redis.call('TIME')
local at = string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000))
-- Turns start at the time, so that they never meet the number of an older queue job.
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'run', run, 'seq', 0, 'fence', 0, 'mode', ARGV[3], 'ownerEpoch', ARGV[4], 'turn', at, 'kept', at)
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'reply', ARGV[5], 'replyHead', ARGV[6], 'state', 'running', 'len', ARGV[8], 'last', -1, 'speaksUntil', 0)
  redis.call('SET', KEYS[4], ARGV[7])
end
for i = 9, #ARGV, 2 do redis.call('ZADD', KEYS[6], ARGV[i], ARGV[i + 1]) end
for i = 1, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[2] + 10000) end
return {'opened', ARGV[1]}
