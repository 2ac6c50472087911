import type { Role } from '@fantwin/shared/accounts';
import type { Language } from '@fantwin/shared/characters';
import type { ConversationKind, ConversationMode } from '@fantwin/shared/conversations';
import type { Finish } from '@fantwin/shared/events';
import type { Verdict } from '@fantwin/shared/guardian';
import type { VrmSummary } from '@fantwin/shared/vrm-models';
import type { ColumnType } from 'kysely';

/** Instants are `bigint` ms since 1970: the same number in the database, in code and on the wire. */
type Ms = number;
/** Written as JSON text, read as an object. */
type Json<T> = ColumnType<T, string, string>;

export type UsersTable = {
  id: string;
  display_name: string;
  /** Null for a guest; unique, lower case. */
  email: string | null;
  password_hash: string | null;
  created_at: Ms;
};

export type RolesTable = {
  user_id: string;
  role: Role;
  scope: 'platform' | 'character' | 'conversation';
  /** '' for the whole platform, so that the primary key can hold it. */
  scope_id: string;
  granted_at: Ms;
};

/** One sign-in on one device: its tokens are one family. Redis holds the copy that is read on every connect. */
export type SessionsTable = {
  id: string;
  user_id: string;
  /** SHA-256 of the current refresh token, and of the one before it with its successor's making. */
  refresh_hash: string;
  previous_hash: string | null;
  rotated_at: Ms;
  created_at: Ms;
  expires_at: Ms;
  revoked_at: Ms | null;
};

export type CharactersTable = {
  id: string;
  creator_id: string;
  name: string;
  tagline: string;
  greeting: string;
  persona: string;
  language: Language;
  /** Null: the server's usual one for the language. */
  voice: string | null;
  vrm_model_id: string;
  created_at: Ms;
};

export type VrmModelsTable = {
  id: string;
  /** Null: one of the platform's own. Unique together with the file. */
  owner_id: string | null;
  /** SHA-256 of the file, which is also its name in the blob store. */
  sha256: string;
  bytes: number;
  approved: boolean;
  /** Null: stored before files were scanned. */
  summary: Json<VrmSummary> | null;
  picture_sha256: string | null;
  picture_bytes: number | null;
  refused_reason: string | null;
  decided_by: string | null;
  decided_at: Ms | null;
  created_at: Ms;
};

export type ConversationsTable = {
  id: string;
  character_id: string;
  kind: ConversationKind;
  title: string;
  /** The fan of a private conversation. */
  fan_id: string | null;
  mode: ConversationMode;
  owner_id: string | null;
  owner_epoch: number;
  slow_mode_seconds: number;
  /** JSON array of words and phrases that this conversation does not want. */
  word_list: Json<string[]>;
  open: boolean;
  created_at: Ms;
};

export type MessagesTable = {
  id: string;
  conversation_id: string;
  author_id: string;
  author_kind: 'fan' | 'creator' | 'character' | 'system';
  author_name: string;
  text: string;
  client_key: string | null;
  reply_to: string | null;
  /** How the reply ended, where the message is one. */
  finish: Finish | null;
  /** Whether the character owes an answer: `waiting` in line, `answered`, or none is wanted. */
  answer: 'waiting' | 'answered' | 'none';
  sent_at: Ms;
  removed_at: Ms | null;
};

/** One row per reply from its first claim on, so that it survives its maker and Redis. */
export type RepliesTable = {
  id: string;
  conversation_id: string;
  /** Unique: a message is answered once. */
  reply_to: string;
  character_id: string;
  /** The text that was published when last noted. */
  text: string;
  state: 'running' | 'ended';
  finish: Finish | null;
  makers: number;
  model: string | null;
  adapter: string | null;
  degraded: boolean;
  prompt_tokens: number;
  completion_tokens: number;
  cost_micro_usd: number;
  started_at: Ms;
  ended_at: Ms | null;
};

/** What a stored message still owes the log and the turn; done rows are swept. */
export type OutboxTable = {
  message_id: string;
  conversation_id: string;
  created_at: Ms;
  done_at: Ms | null;
  epoch: string | null;
  seq: number | null;
};

export type VerdictsTable = {
  id: string;
  conversation_id: string;
  /** The message or reply that was judged; null where the text was refused before it became one. */
  subject_id: string | null;
  author_id: string;
  direction: 'input' | 'output';
  verdict: Json<Verdict>;
  created_at: Ms;
};

/** Something that a moderator or creator did; append-only. */
export type ActionsTable = {
  id: string;
  actor_id: string;
  conversation_id: string | null;
  action: string;
  subject_id: string | null;
  detail: Json<Record<string, unknown>>;
  created_at: Ms;
};

/** A fan who may not write in a conversation for a while. */
export type RestrictionsTable = {
  conversation_id: string;
  user_id: string;
  kind: 'timeout' | 'ban';
  until: Ms | null;
  created_at: Ms;
};

export type KnowledgeBasesTable = { id: string; character_id: string; name: string; created_at: Ms };
export type SubscriptionsTable = { id: string; user_id: string; character_id: string; state: string; created_at: Ms };

export type Tables = {
  users: UsersTable;
  roles: RolesTable;
  sessions: SessionsTable;
  characters: CharactersTable;
  vrm_models: VrmModelsTable;
  conversations: ConversationsTable;
  messages: MessagesTable;
  replies: RepliesTable;
  outbox: OutboxTable;
  verdicts: VerdictsTable;
  actions: ActionsTable;
  restrictions: RestrictionsTable;
  knowledge_bases: KnowledgeBasesTable;
  subscriptions: SubscriptionsTable;
};
