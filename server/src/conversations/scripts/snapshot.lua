-- The head and the running reply, as of one moment; from that moment on the server, where one is named, watches.
-- KEYS head log seen text spoken waiting watchers; ARGV server or ''
local h = redis.call('HMGET', KEYS[1], 'epoch', 'run', 'seq', 'reply', 'state', 'replyHead', 'speaksUntil')
if not h[1] or h[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
if ARGV[1] ~= '' then
  redis.call('SADD', KEYS[7], ARGV[1])
  redis.call('PEXPIRE', KEYS[7], math.max(redis.call('PTTL', KEYS[1]), 1))
end
local t = redis.call('TIME')
local at = t[1] * 1000 + math.floor(t[2] / 1000)
local speaking = h[5] == 'ended' and tonumber(h[7] or '0') > at
if not h[4] or (h[5] == 'ended' and not speaking) then return {'ok', h[1], tonumber(h[3])} end
return {'ok', h[1], tonumber(h[3]), h[4], h[5], h[6] or '', redis.call('GET', KEYS[4]) or '', redis.call('LRANGE', KEYS[5], 0, -1), h[7] or '0'}
