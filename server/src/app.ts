import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { UserId } from '@fantwin/shared/ids';
import { requestLimits } from '@fantwin/shared/limits';
import { namespace, requests } from '@fantwin/shared/live';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { Pool } from 'pg';
import { Server } from 'socket.io';
import { uuidv7 } from 'uuidv7';
import { accountsHttp } from './accounts/accounts.http.ts';
import { createAccountStore } from './accounts/accounts.store.ts';
import { createAccounts } from './accounts/accounts.ts';
import { createRefreshTokens } from './accounts/refresh-token.ts';
import { createSessionLog } from './accounts/session.log.ts';
import { createSocketAuthentication } from './accounts/session.socket.ts';
import { createSessions, SESSION_MS } from './accounts/session.ts';
import { SessionWatch } from './accounts/session-watch.ts';
import { charactersHttp } from './characters/characters.http.ts';
import { createCharacterStore } from './characters/characters.store.ts';
import { createCharacters } from './characters/characters.ts';
import { scanVrm } from './characters/vrm/vrm-scan.ts';
import { vrmModelsHttp } from './characters/vrm-models.http.ts';
import { createVrmModelStore } from './characters/vrm-models.store.ts';
import { createVrmModels } from './characters/vrm-models.ts';
import { chatRequests } from './chat/chat.socket.ts';
import { createChatStore } from './chat/chat.store.ts';
import { createChat } from './chat/chat.ts';
import type { Config } from './config.ts';
import { type Action, createActionStore } from './conversations/actions.store.ts';
import { conversationRoutes } from './conversations/conversations.http.ts';
import {
  conversationRequests,
  conversationRoom,
  createRooms,
  type LiveNamespace,
  userRoom,
} from './conversations/conversations.socket.ts';
import { createConversationStore } from './conversations/conversations.store.ts';
import { createConversations } from './conversations/conversations.ts';
import { createEventLog } from './conversations/events.log.ts';
import { Feeds } from './conversations/feed.log.ts';
import { serveLive, signOut } from './conversations/live.socket.ts';
import { createMembers } from './conversations/members.ts';
import { createMessageStore } from './conversations/messages.store.ts';
import { createOutbox } from './conversations/outbox.ts';
import { Presence } from './conversations/presence.log.ts';
import { cutOff, SendBudget } from './conversations/send-budget.socket.ts';
import { withDeadline } from './core/deadline.ts';
import { Repeating } from './core/repeating.ts';
import { TaskGroup } from './core/task-group.ts';
import type { Who } from './core/who.ts';
import { migrate, openDb } from './db/open-db.ts';
import { createGuardian } from './guardian/guardian.ts';
import { observedGuardian } from './guardian/observed.ts';
import { type SignIns, seedDemo } from './demo.ts';
import { openLlm } from './engines.ts';
import type { Guardian } from './guardian/verdict.ts';
import { createVerdictStore } from './guardian/verdicts.store.ts';
import { EngineError, type Llm } from './llm/engine.ts';
import { createAccessTokens } from './platform/access-tokens.ts';
import { openBlobFolder } from './platform/blobs.ts';
import { openS3Blobs } from './platform/blobs-s3.ts';
import { clientAddress } from './platform/client-address.ts';
import { PlatformClock } from './platform/clock.ts';
import { createLogger } from './platform/logger.ts';
import { createMetrics } from './platform/metrics.ts';
import { openMetricsServer } from './platform/metrics-server.ts';
import { type Connection, moveAway, stopListening } from './platform/move-away.ts';
import { inOneWrite } from './platform/one-write.ts';
import { createOriginCheck } from './platform/origin.ts';
import { createPasswords } from './platform/passwords.ts';
import { addressKey, createFloodGuard, createLimits } from './platform/rate-limit.ts';
import { createReadiness } from './platform/readiness.ts';
import { openRedis, reachRedis, whenReady } from './platform/redis.ts';
import { createKeys } from './platform/redis-keys.ts';
import { createSessionCookie } from './platform/session-cookie.ts';
import { type RequestGuards, RequestTable } from './platform/sockets.ts';
import { createHttpApp } from './platform/web.ts';
import { createLine } from './replies/line.ts';
import { createMakers } from './replies/makers.ts';
import { moodOf } from './replies/mood.ts';
import { buildPrompt } from './replies/prompt.ts';
import { createHomes } from './replies/homes.log.ts';
import { ReplyQueues } from './replies/reply-queues.queue.ts';
import { replyRequests } from './replies/replies.socket.ts';
import { createReplyStore } from './replies/replies.store.ts';
import { createReplies } from './replies/replies.ts';
import { createStopping } from './replies/stopping.ts';
import { createTurns } from './replies/turns.log.ts';
import { createVoice } from './replies/voice.ts';
import { createRecordings, recordingFolder } from './speech/recordings.ts';
import { speechHttp } from './speech/speech.http.ts';
import { createTextTimedSpeech, type Speech } from './speech/speech.ts';
import { createVoicedSpeech } from './speech/voiced-speech.ts';
import { openStores } from './stores.ts';
import { openVoices } from './voices.ts';

/** What a test may put in place of the real thing. */
export type Doubles = { llm?: Llm; speech?: Speech; guardian?: Guardian };

export type App = {
  /** Where it listens. */
  url: string;
  metricsUrl?: string;
  /** The demo people's sign-ins, where they were seeded. */
  signIns?: SignIns;
  canReply: boolean;
  /** The names of the voices that are set up. */
  voices: string[];
  stop: () => Promise<void>;
};

const OUTBOX_SWEEP_MS = 2_000;
const LINE_SWEEP_MS = 5_000;
const SESSION_SWEEP_MS = 3_600_000;
/** What is said again within this time, and as far as there is room, need not be recorded again. */
const RECORDINGS_KEPT = { maxBytes: 1_000_000_000, maxAgeMs: 30 * 86_400_000 };
const RECORDINGS_SWEEP_MS = 600_000;
const REPLIES_AT_ONCE = 1_500;
const FRAME_WINDOW_MS = 40;
/** In private conversations, while this server makes many replies: frames are what they cost. */
const FRAME_WINDOW_UNDER_LOAD_MS = 150;
const MANY_REPLIES = 100;
const REPLY_MAX_TOKENS = 200;
const PROMPT_BUDGET_TOKENS = 1_500;
/** Clients that do not read may take this long to say goodbye. */
const GOODBYE_MS = 2_000;
const STOP_STEP_MS = 2_000;
const VERSION = '0.1.0';

type Start = { config: Config; serverFolder: URL; clientFolder: string; onFatal: (error: Error) => void };

/**
 * Creates everything and joins it together, from the stores up to the sockets: long, so that it stands in one place.
 * Throws when something that it needs is missing.
 */
export async function startApp(
  { config, serverFolder, clientFolder, onFatal }: Start,
  doubles: Doubles = {},
): Promise<App> {
  const logger = createLogger({ level: config.logLevel, name: 'server' });
  const metrics = createMetrics();
  const trouble = (error: unknown) => {
    metrics.troubles.inc();
    logger.warn({ err: error }, 'trouble');
  };
  const tasks = new TaskGroup((task, error) => logger.error({ err: error, task }, 'task failed'));
  const serverId = randomUUID();
  const newId = uuidv7;
  const isWeb = config.roles.includes('web');
  const makesReplies = config.roles.includes('replies');

  // Stores
  const stores = await openStores({
    outside: config.stores,
    dataDir: config.dataDir,
    sessionSecret: config.sessionSecret,
    workersUrl: serverFolder,
    onFailure: onFatal,
  });
  stores.pool.on('error', trouble);
  const db = openDb(stores.pool, (outcome, seconds) => metrics.postgresQuerySeconds.observe({ outcome }, seconds));
  await migrate(db);
  const redis = openRedis(stores.redisUrl, 'commands', trouble);
  const subscriber = openRedis(stores.redisUrl, 'patient', trouble);
  const adapterConnections = [
    openRedis(stores.redisUrl, 'patient', trouble),
    openRedis(stores.redisUrl, 'patient', trouble),
  ] as const;
  await whenReady(redis, 10_000);
  const keys = createKeys(config.redisPrefix);
  const clock = new PlatformClock(redis, trouble);
  await clock.sample();
  const { now } = clock;
  const limits = createLimits(redis, config.redisPrefix);
  const blobs = config.s3 ? await openS3Blobs(config.s3) : openBlobFolder(join(config.dataDir, 'blobs'));

  // Accounts
  const secret = new TextEncoder().encode(stores.sessionSecret);
  const accountStore = createAccountStore(db);
  const sessionLog = createSessionLog(redis, config.redisPrefix);
  const accessTokens = await createAccessTokens(secret);
  const sessions = createSessions({
    store: accountStore,
    log: sessionLog,
    accessTokens,
    refreshTokens: createRefreshTokens(secret),
    serverId,
    newId,
    now: Date.now,
  });
  const passwords = await createPasswords();
  const accounts = createAccounts({ store: accountStore, sessions, passwords, limits, newId, now: Date.now });
  const origin = createOriginCheck(config.publicUrl);
  const cookie = createSessionCookie(origin.secure);
  const whoIs = async (userId: UserId): Promise<Who> => ({ userId, address: '', ...(await accounts.find(userId)) });

  // Characters
  const characterStore = createCharacterStore(db);
  const vrmModelStore = createVrmModelStore(db);
  const signIns = config.seedDemo
    ? await seedDemo({
        accounts: accountStore,
        characters: characterStore,
        models: vrmModelStore,
        passwords,
        blobs,
        scan: scanVrm,
        avatarsFolder: join(clientFolder, 'avatars'),
        passwordOf: stores.keptSecret,
        now,
      })
    : undefined;

  // The log and what is said
  const conversationStore = createConversationStore(db);
  const messages = createMessageStore(db);
  const log = createEventLog({
    redis,
    keys,
    newEpoch: randomUUID,
    loadStart: (id) => {
      metrics.logReopened.inc();
      return conversationStore.logStart(id);
    },
    onAppend: (seconds) => metrics.logAppendSeconds.observe(seconds),
    here: {
      serverId,
      watches: (id) => (feeds.get(id)?.epoch ?? '') !== '',
      take: (id, epoch, event) => feeds.get(id)?.take(epoch, event),
    },
  });
  const llm = doubles.llm ?? openLlm(config.llm, config.dataDir, serverFolder);
  const canReply = () => llm.available();
  const silent = createTextTimedSpeech();
  const voices = doubles.speech
    ? []
    : openVoices(config.speech, { dataDir: config.dataDir, serverFolder, makesReplies });
  const speech =
    doubles.speech ??
    createVoicedSpeech({
      engines: voices,
      recordings: createRecordings(blobs),
      silent,
      now: () => performance.now(),
      onSaid: (how) => metrics.sentencesSaid.inc({ how }),
      onRecorded: (engine, ms) => metrics.speechSeconds.observe({ engine }, ms / 1000),
      onFailure: trouble,
    });
  const members = createMembers();
  const presence: Presence = new Presence({
    redis,
    keys,
    serverId,
    now,
    countHere: members.counts,
    onCount: (conversationId, count) =>
      live.local.to(conversationRoom(conversationId)).emit('presence', { conversationId, count }),
    onTrouble: trouble,
  });
  const conversations = createConversations({
    store: conversationStore,
    messages,
    log,
    canReply,
    voiceFor: speech.voiceFor,
    peopleIn: (ids) => presence.counts(ids),
    onClosed: (conversation) => stopping.stopRunning(conversation),
    newId,
    now,
  });

  // Sockets
  const http: HttpServer = createServer({ headersTimeout: 10_000, requestTimeout: 300_000 });
  let serveHttp: RequestListener = (_request, response) => response.writeHead(503).end();
  if (isWeb) http.on('request', (request, response) => serveHttp(request, response)); // before Socket.IO, which shields it
  const io = new Server(http, {
    adapter: inOneWrite(
      createShardedAdapter(...adapterConnections, {
        channelPrefix: `${config.redisPrefix}io`,
        subscriptionMode: 'static',
      }),
    ),
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: 32 * 1024,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    serveClient: false,
    allowRequest: (request, decide) => decide(null, !origin.fromOtherPage(request.headers)),
  });
  const live = io.of(namespace) as unknown as LiveNamespace;
  const feeds: Feeds = new Feeds(subscriber, keys, log, {
    onEvents(conversationId, epoch, events) {
      const room = conversationRoom(conversationId);
      metrics.framesBroadcast.inc();
      metrics.eventsDelivered.inc(events.length * (live.adapter.rooms.get(room)?.size ?? 0));
      live.local.to(room).emit('events', { conversationId, epoch, events });
    },
    onReset: (conversationId) =>
      tasks.run('restart', async () => {
        const feed = feeds.get(conversationId);
        const answer = feed && (await conversations.restart(conversationId as never, feed));
        if (answer) live.local.to(conversationRoom(conversationId)).emit('resumed', { conversationId, ...answer });
      }),
    onTrouble: trouble,
    onGap: () => metrics.feedGaps.inc(),
  });

  // Replies
  const guardian = observedGuardian(doubles.guardian ?? createGuardian(), {
    took: (direction, ms) => metrics.guardianSeconds.observe({ direction }, ms / 1000),
    decided: (direction, action) => metrics.guardianVerdicts.inc({ direction, action }),
  });
  const verdicts = createVerdictStore(db);
  const replyStore = createReplyStore(db);
  const home = config.stores && makesReplies ? serverId : undefined; // embedded, there is one server
  const replyQueue = new ReplyQueues({
    redisUrl: stores.redisUrl,
    prefix: keys.queues('bull'),
    home,
    homes: createHomes({ redis, keys, now }),
    onGone: (server) => feeds.forgetServer(server),
    onTrouble: trouble,
  });
  const turns = createTurns({ redis, keys, log, home: () => replyQueue.home() });
  const line = createLine({
    turns,
    messages,
    addJob: (conversationId, turn) => replyQueue.add(conversationId, turn),
    notify: (userId, notice) => live.to(userRoom(userId)).emit('notice', notice),
    now,
  });
  const makers = createMakers({
    line,
    log,
    store: replyStore,
    conversations: conversationStore,
    messages,
    makeReply: createReplies({
      log,
      store: replyStore,
      messages,
      llm,
      guardian,
      buildPrompt,
      promptBudgetTokens: PROMPT_BUDGET_TOKENS,
      openVoice: (start) =>
        createVoice(
          {
            speech,
            silent,
            moodOf,
            now,
            onWithoutVoice: () => metrics.sentencesWithoutVoice.inc(),
          },
          start,
        ),
      observe: {
        firstDelta: (ms) => metrics.replyFirstDeltaSeconds.observe(ms / 1000),
        stage: (stage, ms) => metrics.replyStageSeconds.observe({ stage }, ms / 1000),
        failed(error, replyId) {
          logger.warn({ err: error, replyId }, 'a reply met a failure');
          if (error instanceof EngineError) metrics.llmFailures.inc({ kind: error.kind });
        },
      },
      newId,
      now,
      frameWindowMs: (kind) =>
        kind === 'private' && makers.running() > MANY_REPLIES ? FRAME_WINDOW_UNDER_LOAD_MS : FRAME_WINDOW_MS,
      noteEveryMs: config.stores ? 1_000 : 0, // embedded, Redis dies with the server
      maxTokens: REPLY_MAX_TOKENS,
    }),
    observe: {
      began(number, sinceSentMs) {
        if (number > 1) metrics.repliesTakenOver.inc();
        else metrics.replyWaitSeconds.observe(sinceSentMs / 1000);
      },
      ended(finish, cost) {
        metrics.repliesEnded.inc({ finish });
        if (!cost) return;
        metrics.llmTokens.inc({ model: cost.model, kind: 'prompt' }, cost.promptTokens);
        metrics.llmTokens.inc({ model: cost.model, kind: 'completion' }, cost.completionTokens);
        metrics.llmCostMicroUsd.inc({ model: cost.model }, cost.costMicroUsd);
      },
    },
    newId,
    now,
  });
  const actions = createActionStore(db);
  const recordAction = (action: Omit<Action, 'id' | 'at'>) => actions.record({ ...action, id: newId(), at: now() });
  const stopping = createStopping({
    log,
    store: replyStore,
    conversations,
    tellMaker(replyId) {
      makers.abort(replyId);
      live.serverSideEmit('reply:stop', replyId);
    },
    recordAction,
    newId,
    now,
  });
  live.on('reply:stop', (replyId) => makers.abort(replyId));
  const outbox = createOutbox({
    messages,
    log,
    askForReply: line.ask,
    now,
    onSwept: (count) => metrics.outboxSwept.inc(count),
  });

  // Chat
  const chat = createChat({
    conversations,
    messages,
    store: createChatStore(db),
    verdicts,
    guardian,
    outbox,
    consume: limits.consume,
    giveBack: limits.giveBack,
    waitingIn: turns.waiting,
    canReply,
    newId,
    now,
  });

  // What creators make
  const allowed = async (text: string) =>
    (await guardian.screenInput(text, { wordList: [] })).verdict.action !== 'block';
  const vrmModels = createVrmModels({ store: vrmModelStore, blobs, scan: scanVrm, recordAction, newId, now });
  const characters = createCharacters({
    store: characterStore,
    models: vrmModels,
    allowed,
    hasVoice: async (language, voice) => (await speech.voices(language)).some(({ id }) => id === voice),
    liveOf: conversations.liveOf,
    newId,
    now,
  });

  // HTTP
  const readiness = createReadiness({
    checks: {
      postgres: () => stores.pool.query('select 1'),
      redis: () => reachRedis(() => redis.ping()),
    },
    onChecked(name, works, seconds) {
      metrics.dependencyUp.set({ name }, works ? 1 : 0);
      metrics.dependencySeconds.observe({ name }, seconds);
    },
    onChange: (missing) => logger.warn({ missing }, missing.length > 0 ? 'not ready' : 'ready again'),
  });
  const routeGuards = {
    flood: createFloodGuard({ burst: 200, perSecond: 60 }),
    limits,
    origin,
    userOf: sessions.userOf,
    metrics,
    logger,
  };
  const httpApp = createHttpApp(
    { origin, trustProxy: config.trustProxy, clientFolder, version: VERSION, readiness, logger },
    (router) => {
      accountsHttp(router, { accounts, sessions, cookie }, routeGuards);
      charactersHttp(router, { characters, whoIs }, routeGuards);
      vrmModelsHttp(router, { models: vrmModels, blobs, whoIs }, routeGuards);
      speechHttp(router, { speech, blobs, moodOf, allowed }, routeGuards);
      conversationRoutes(
        router,
        { conversations, whoIs, character: (id) => characterStore.find(id as never) },
        routeGuards,
      );
    },
  );
  serveHttp = httpApp;
  const trustsProxy = httpApp.get('trust proxy fn') as (address: string, hops: number) => boolean;

  // The live namespace
  const authenticate = createSocketAuthentication({ sessions, cookie, origin });
  const flood = createFloodGuard({ burst: 60, perSecond: 20 });
  const guards: RequestGuards = { flood, limits, requestLimits, metrics, logger };
  const table = new RequestTable(requests, guards);
  const rooms = createRooms({
    conversations,
    feeds,
    members,
    places: new WeakMap(),
    onJoined: (reset) => metrics.joins.inc({ answer: reset ? 'reset' : 'caught-up' }),
    onTrouble: trouble,
  });
  conversationRequests(table, rooms, { conversations, feeds, now });
  chatRequests(table, chat);
  replyRequests(table, stopping);

  serveLive({
    live,
    table,
    rooms,
    authenticate,
    addressOf: ({ address, headers }) => addressKey(clientAddress(address, headers['x-forwarded-for'], trustsProxy)),
    run: (name, task) => tasks.run(name, task),
    onConnected: (difference) => metrics.socketsConnected.inc({ namespace }, difference),
    onSignIn: (outcome, seconds) => metrics.socketSignInSeconds.observe({ outcome }, seconds),
    onBug: (error) => logger.error({ err: error }, 'a socket could not be signed in'),
  });
  const sendBudget = new SendBudget({
    live,
    rooms,
    feeds,
    onLook: (behind) => metrics.slowSockets.set(behind),
    onClosed: () => metrics.slowSocketsClosed.inc(),
  });
  const sessionWatch = new SessionWatch({
    store: accountStore.sessions,
    log: sessionLog,
    listen: (listener) => sessionLog.onRevoked(subscriber, listener),
    onRevoked: (sessionId) => signOut(live, sessionId),
    onFailure: trouble,
    now: Date.now,
  });
  await sessionWatch.start();

  // Work that goes on by itself
  const forgetSessions = () => accountStore.sessions.sweepExpired(Date.now() - SESSION_MS);
  const repeating = [new Repeating(SESSION_SWEEP_MS, forgetSessions, trouble)];
  const { trim } = blobs;
  if (trim) {
    const trimRecordings = async () => void (await trim(recordingFolder, RECORDINGS_KEPT));
    repeating.push(new Repeating(RECORDINGS_SWEEP_MS, trimRecordings, trouble));
  }
  if (makesReplies) {
    await replyQueue.process(REPLIES_AT_ONCE, makers.make);
    tasks.run('what a stop left undone', () => line.sweep(0));
    repeating.push(
      new Repeating(OUTBOX_SWEEP_MS, outbox.sweep, trouble),
      new Repeating(LINE_SWEEP_MS, () => line.sweep(), trouble),
    );
  }

  await listen(http, config.port, config.host);
  const { port } = http.address() as AddressInfo;

  /** What is told as it is, not as it changes. */
  async function sample(): Promise<void> {
    metrics.feedsOpen.set(feeds.size);
    metrics.repliesRunning.set(makers.running());
    metrics.llmAvailable.set(canReply() ? 1 : 0);
    if (stores.pool instanceof Pool) {
      const { totalCount, idleCount, waitingCount } = stores.pool;
      metrics.postgresConnections.set({ state: 'busy' }, totalCount - idleCount);
      metrics.postgresConnections.set({ state: 'idle' }, idleCount);
      metrics.postgresConnections.set({ state: 'waiting' }, waitingCount);
    }
    if ((await readiness.missingNow()).includes('redis')) return; // Bull waits for it as long as it takes
    for (const [state, count] of Object.entries(await replyQueue.counts())) metrics.replyJobs.set({ state }, count);
  }
  const metricsServer =
    config.metricsPort === undefined
      ? undefined
      : await openMetricsServer({
          registry: metrics.registry,
          host: config.host,
          port: config.metricsPort,
          readiness,
          sample,
        });

  /** What fails, or hangs, because a store is away does not keep the rest from being done. */
  const tryTo = (work: Promise<unknown>) => withDeadline(work, STOP_STEP_MS, 'This took too long.').catch(trouble);

  /** Of every namespace; the types of engine.io keep them to themselves. */
  const connections = () => Object.values((io.engine as unknown as { clients: Record<string, Connection> }).clients);

  async function stop(): Promise<void> {
    readiness.drain(); // /readyz says so
    const silence = stopListening(http); // and whoever comes all the same finds another server
    await tryTo(replyQueue.pause()); // take no more jobs
    makers.handOver(); // the engines stop, the published text stays
    await tryTo(replyQueue.giveBack()); // another server carries on
    await Promise.all(repeating.map((work) => work.close()));
    await moveAway({
      connections: connections(),
      overMs: config.drainMs,
      onClosed: (n) => metrics.socketsMovedAway.inc(n),
    });
    await tryTo(replyQueue.close());
    sendBudget.close();
    await tryTo(presence.close());
    await tryTo(sessionWatch.close());
    feeds.close();
    const left = [...live.sockets.values()];
    const impatient = setTimeout(() => {
      left.forEach(cutOff);
      http.closeAllConnections();
    }, GOODBYE_MS);
    await io.close();
    await silence;
    clearTimeout(impatient);
    await tasks.drain();
    await llm.close();
    for (const voice of voices) await voice.close?.();
    await metricsServer?.close();
    clock.close();
    for (const connection of [redis, subscriber, ...adapterConnections]) connection.disconnect();
    await stores.close();
  }
  let stopped: Promise<void> | undefined;

  return {
    url: `http://${config.host}:${port}`,
    ...(metricsServer && { metricsUrl: `http://${config.host}:${metricsServer.port}/metrics` }),
    signIns,
    canReply: canReply(),
    voices: voices.map(({ name }) => name),
    stop: () => (stopped ??= stop()),
  };
}

function listen(server: HttpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4_096 }, resolve); // all who lost another server come at once
  });
}
