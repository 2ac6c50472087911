/** Numbers that both sides of the wire obey. */
export const TEXT_MAX_CHARS = 500;
export const DISPLAY_NAME_MAX_CHARS = 40;
/** Of a twin. */
export const NAME_MAX_CHARS = 40;
export const TAGLINE_MAX_CHARS = 100;
export const GREETING_MAX_CHARS = 300;
export const PERSONA_MAX_CHARS = 4_000;
/** Of a moderator's decision. */
export const REASON_MAX_CHARS = 500;
export const PASSWORD_MIN_CHARS = 10;
export const PASSWORD_MAX_CHARS = 200;

/** A page of messages, and how many a join without `after` brings. */
export const PAGE_MESSAGES = 50;
/** Events in one answer of `conversation:events`, after folding. */
export const PAGE_EVENTS = 500;
/** A catch-up of more folded events than this is answered with a reset. */
export const CATCH_UP_MAX_EVENTS = 500;
/** The newest events that a log keeps, and for how long after the last one. */
export const LOG_MAX_EVENTS = 8_000;
export const LOG_KEEP_MS = 10 * 60_000;
/** Conversations that one socket may be in. */
export const JOINED_MAX = 20;

/** Messages that may wait for an answer in one conversation. */
export const WAITING_MAX = { live: 30, private: 3 } as const;
/** People in one conversation, over all servers. */
export const PEOPLE_MAX = { live: 20_000, private: 50 } as const;

export type Limit = { points: number; perMs: number };

/** Requests over the socket, per user, over all servers. */
export const requestLimits = {
  'conversation:join': { points: 60, perMs: 60_000 },
  'conversation:events': { points: 120, perMs: 60_000 },
  'reply:stop': { points: 30, perMs: 60_000 },
} as const satisfies Record<string, Limit>;

/** Messages per user, per address and per conversation; a retry of a known message is not counted. */
export const messagesPerUser: Limit = { points: 20, perMs: 60_000 };
export const messagesPerIp: Limit = { points: 120, perMs: 60_000 };
export const messagesPerConversation: Limit = { points: 300, perMs: 60_000 };

/** Of one creator. */
export const CHARACTERS_MAX = 20;
export const VRM_MODELS_MAX = 20;
export const VRM_MAX_BYTES = 30 * 1024 * 1024;
/** A portrait of a model: PNG, square. */
export const PICTURE_MAX_BYTES = 1024 * 1024;
export const PICTURE_PIXELS = { least: 128, most: 1024 } as const;

/** HTTP requests per address. Sign-in is tighter: each try costs a password hash. */
export const httpLimits = {
  read: { points: 600, perMs: 60_000 },
  write: { points: 120, perMs: 60_000 },
  guest: { points: 60, perMs: 60_000 },
  signIn: { points: 20, perMs: 60_000 },
  upload: { points: 20, perMs: 10 * 60_000 },
  speech: { points: 20, perMs: 60_000 },
} as const satisfies Record<string, Limit>;
