import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const fastSeconds = [0.0001, 0.0003, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
const requestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.03, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2.5, 5, 10];
const replySeconds = [0.01, 0.03, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2, 3, 5, 10, 20, 40, 80];

/** Every metric of a server, in a registry of its own. Names end in their unit; labels have few values, never ids. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], labelNames: readonly L[] = []) =>
    new Histogram({ name, help, buckets, labelNames, registers });

  return {
    registry,

    httpRequestSeconds: histogram('http_request_duration_seconds', 'HTTP requests, to the answer', requestSeconds, [
      'route',
      'method',
      'status',
    ]),
    socketRequestSeconds: histogram(
      'socket_request_duration_seconds',
      'Socket requests, to the acknowledgement; the outcome is ok or an error code',
      requestSeconds,
      ['request', 'outcome'],
    ),
    socketsConnected: gauge('sockets_connected', 'Sockets connected to this server', ['namespace']),
    socketSignInSeconds: histogram(
      'socket_sign_in_duration_seconds',
      'Letting a socket in by its session; the outcome is ok or an error code',
      requestSeconds,
      ['outcome'],
    ),
    joins: counter('joins_total', 'Joins of conversations, by what they were answered with', ['answer']),
    socketsMovedAway: counter('sockets_moved_away_total', 'Sockets closed because this server stops'),
    slowSockets: gauge('slow_sockets', 'Sockets that left their rooms until their buffer drains'),
    slowSocketsClosed: counter('slow_sockets_closed_total', 'Sockets closed because their buffer grew too far'),

    eventsDelivered: counter('events_delivered_total', 'Events handed to sockets, counted per socket'),
    framesBroadcast: counter('frames_broadcast_total', 'Packets of events encoded once for all sockets'),
    feedGaps: counter('feed_gaps_total', 'Gaps in a feed that were filled from the log'),
    feedsOpen: gauge('feeds_open', 'Conversations that this server watches'),
    logAppendSeconds: histogram('log_append_duration_seconds', 'Appending to the log and publishing', fastSeconds),
    logReopened: counter('log_reopened_total', 'Logs that began a new epoch'),
    outboxSwept: counter('outbox_swept_total', 'Messages whose delivery another step had left undone'),

    replyJobs: gauge('reply_jobs', 'Reply jobs of the queue that all servers share and of the own one', ['state']),
    replyWaitSeconds: histogram(
      'reply_wait_duration_seconds',
      'From the message accepted to a maker having its job',
      replySeconds,
    ),
    repliesRunning: gauge('replies_running', 'Replies that this server makes'),
    replyFirstDeltaSeconds: histogram(
      'reply_first_delta_seconds',
      'From the message accepted to the first text of its reply',
      replySeconds,
    ),
    replyStageSeconds: histogram('reply_stage_duration_seconds', 'The stages of a reply', replySeconds, ['stage']),
    repliesEnded: counter('replies_ended_total', 'Replies that ended, by how', ['finish']),
    repliesTakenOver: counter('replies_taken_over_total', 'Replies that a second maker carried on'),
    sentencesSaid: counter('sentences_said_total', 'Sentences handed to the voices, by what came of it', ['how']),
    sentencesWithoutVoice: counter('sentences_without_voice_total', 'Sentences sent without speech under load'),

    speechSeconds: histogram('speech_duration_seconds', 'Recording one sentence', replySeconds, ['engine']),

    llmAvailable: gauge('llm_available', '1 while an engine can answer, as far as is known; otherwise 0'),
    llmTokens: counter('llm_tokens_total', 'Tokens read and written by engines', ['model', 'kind']),
    llmCostMicroUsd: counter('llm_cost_micro_usd_total', 'Cost of engines in millionths of a US dollar', ['model']),
    llmFailures: counter('llm_failures_total', 'Answers that no engine could give', ['kind']),

    guardianSeconds: histogram('guardian_duration_seconds', 'Screening one text', fastSeconds, ['direction']),
    guardianVerdicts: counter('guardian_verdicts_total', 'Verdicts of the guardian', ['direction', 'action']),

    dependencyUp: gauge('dependency_up', '1 where the store answered the last time it was asked; otherwise 0', [
      'name',
    ]),
    dependencySeconds: histogram(
      'dependency_check_duration_seconds',
      'Asking a store whether it is there',
      fastSeconds,
      ['name'],
    ),
    postgresConnections: gauge('postgres_connections', 'Connections of this server, and queries waiting for one', [
      'state',
    ]),
    postgresQuerySeconds: histogram('postgres_query_duration_seconds', 'Queries of Postgres', fastSeconds, ['outcome']),
    troubles: counter('troubles_total', 'What went wrong beside requests and replies; the log says what'),
  };
}
