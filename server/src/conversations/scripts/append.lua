-- Appends one event and publishes it in the same step.
-- KEYS head log seen text spoken waiting watchers
-- ARGV channel, guard ('' or epoch:fence), key ('' or what makes the event known), max events, keep ms, type, body,
-- server ('' or the one that asks and watches), then by type
-- Answers {'ok', seq, at, epoch, 'alone' or ''} | {'seen', seq, '', epoch} | {'reopen'} | {'fenced'} | {'wait', ms} | {'gap', length}
local head, log, seen, text, spoken = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local channel, guard, key, keep, kind, body = ARGV[1], ARGV[2], ARGV[3], ARGV[5], ARGV[6], ARGV[7]

local h = redis.call('HMGET', head, 'epoch', 'run', 'fence', 'reply', 'state', 'len', 'last', 'lastSeq', 'speaksUntil', 'kept', 'started')
local epoch, state, len = h[1], h[5], tonumber(h[6] or '0')
if not epoch or h[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then return {'reopen'} end
if guard ~= '' and guard ~= epoch .. ':' .. h[3] then return {'fenced'} end
if key ~= '' then
  local known = redis.call('ZSCORE', seen, key)
  if known then return {'seen', tonumber(known), '', epoch} end
end

-- A reply that was stopped or has ended takes nothing more, whoever claimed it since.
local grows = kind == 'reply.delta' or kind == 'reply.sentence' or kind == 'reply.restarted'
if grows and (h[4] ~= ARGV[9] or state ~= 'running') then return {'fenced'} end

local t = redis.call('TIME')
local at = t[1] * 1000 + math.floor(t[2] / 1000)
local seq = redis.call('HGET', head, 'seq') + 1
local set = {'seq', seq}
local function put(field, value) set[#set + 1] = field; set[#set + 1] = value end

if kind == 'reply.started' then -- reply id, its head as JSON, text already published, its length
  if h[4] == ARGV[9] and h[11] then return {'seen', tonumber(h[11]), '', epoch} end
  if h[4] == ARGV[9] and state ~= 'running' then return {'fenced'} end
  if h[4] and h[4] ~= ARGV[9] then
    if state ~= 'ended' then return {'fenced'} end
    local rest = tonumber(h[9] or '0') - at
    if rest > 0 then return {'wait', rest} end
    redis.call('DEL', text, spoken)
    put('speaksUntil', 0)
  end
  redis.call('SET', text, ARGV[11])
  put('reply', ARGV[9]); put('replyHead', ARGV[10]); put('len', ARGV[12])
  put('state', 'running'); put('started', seq); put('last', -1); put('finish', '')
elseif kind == 'reply.delta' then -- reply id, offset, its text, its length
  local index = tonumber(ARGV[10])
  if tostring(index) == h[7] then return {'seen', tonumber(h[8]), '', epoch} end
  if index ~= len then return {'gap', len} end
  redis.call('APPEND', text, ARGV[11])
  put('len', len + tonumber(ARGV[12])); put('last', index); put('lastSeq', seq)
elseif kind == 'reply.sentence' then -- reply id, index, the sentence as JSON, when it is spoken
  local index, have = tonumber(ARGV[10]), redis.call('LLEN', spoken)
  if index < have then return {'seen', 0, '', epoch} end
  redis.call('RPUSH', spoken, ARGV[11])
  put('speaksUntil', ARGV[12])
elseif kind == 'reply.restarted' then -- reply id
  if len == 0 and h[7] == '-1' then return {'seen', 0, '', epoch} end
  redis.call('DEL', text, spoken)
  put('len', 0); put('last', -1)
elseif kind == 'reply.ended' then -- reply id, when it is spoken
  if h[4] ~= ARGV[9] then return {'seen', 0, '', epoch} end
  if state == 'ended' then return {'seen', tonumber(h[8] or '0'), '', epoch} end
  put('state', 'ended'); put('lastSeq', seq); put('speaksUntil', ARGV[10])
elseif kind == 'reply.silenced' then -- reply id
  if h[4] ~= ARGV[9] or state ~= 'ended' or tonumber(h[9] or '0') <= at then return {'seen', 0, '', epoch} end
  put('speaksUntil', at)
elseif kind == 'conversation.changed' then -- mode, owner epoch
  put('mode', ARGV[9]); put('ownerEpoch', ARGV[10])
end

local event = '{"seq":' .. seq .. ',"at":' .. string.format('%.0f', at) .. ',' .. string.sub(body, 2)
redis.call('XADD', log, 'MAXLEN', '~', ARGV[4], seq .. '-0', 'e', event)
if key ~= '' then
  redis.call('ZADD', seen, seq, key)
  if seq % 256 == 0 then redis.call('ZREMRANGEBYSCORE', seen, 0, seq - ARGV[4]) end
end
redis.call('HSET', head, unpack(set))
if kind ~= 'reply.delta' or at - tonumber(h[10] or '0') > 10000 then -- deltas are many, and make no new key
  redis.call('HSET', head, 'kept', string.format('%.0f', at))
  for i = 1, #KEYS do redis.call('PEXPIRE', KEYS[i], keep + 10000) end
end
-- A server that is the only one to watch hands the event to its own sockets.
local alone = ARGV[8] ~= '' and redis.call('SCARD', KEYS[7]) == 1 and redis.call('SISMEMBER', KEYS[7], ARGV[8]) == 1
if not alone then redis.call('SPUBLISH', channel, epoch .. ' ' .. event) end
return {'ok', seq, string.format('%.0f', at), epoch, alone and 'alone' or ''}
