-- The next fence for the maker of a reply; every older maker is shut out.
-- KEYS head log seen text spoken waiting watchers; ARGV reply id
-- Answers {'ok', epoch, fence, state, text, length, spoken, speaks until, finish}; state '' when the log does not know the reply
local h = redis.call('HMGET', KEYS[1], 'epoch', 'run', 'reply', 'state', 'len', 'speaksUntil', 'finish', 'started')
if not h[1] or h[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
-- A stopped reply has one end to be written, by whoever comes first: nobody needs shutting out.
local stopping = h[3] == ARGV[1] and h[4] == 'stopping'
local fence = stopping and redis.call('HGET', KEYS[1], 'fence') or redis.call('HINCRBY', KEYS[1], 'fence', 1)
if h[3] ~= ARGV[1] then return {'ok', h[1], fence, '', '', 0, 0, h[6] or '0', ''} end
return {'ok', h[1], fence, h[4], redis.call('GET', KEYS[4]) or '', tonumber(h[5] or '0'), redis.call('LLEN', KEYS[5]), h[6] or '0', h[7] or ''}
