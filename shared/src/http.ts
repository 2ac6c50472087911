import { z } from 'zod';
import { GuestInput, LoginInput, RegisterInput, SignedIn, User } from './accounts.ts';
import { Character } from './characters.ts';
import {
  Conversation,
  ConversationKind,
  ConversationSummary,
  CreateConversationInput,
  Message,
} from './conversations.ts';
import { ConversationId, MessageId } from './ids.ts';
import { type httpLimits, PAGE_MESSAGES } from './limits.ts';

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As Express writes it: `:name` for a parameter. */
  path: string;
  summary: string;
  /** `user`: a bearer token. `cookie`: the refresh cookie and an Origin of ours. `none`: anybody. */
  auth: 'none' | 'cookie' | 'user';
  limit: keyof typeof httpLimits;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  output: z.ZodType;
};

const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() });
const none = z.object({});

/** Every HTTP route. It is served as OpenAPI at /api/openapi.json. */
export const routes = {
  guest: {
    method: 'POST',
    path: '/api/auth/guest',
    summary: 'Enter as a guest with a display name',
    auth: 'none',
    limit: 'guest',
    body: GuestInput,
    output: SignedIn,
  },
  register: {
    method: 'POST',
    path: '/api/auth/register',
    summary: 'Make an account; a signed-in guest keeps their id',
    auth: 'none',
    limit: 'signIn',
    body: RegisterInput,
    output: SignedIn,
  },
  login: {
    method: 'POST',
    path: '/api/auth/login',
    summary: 'Sign in with e-mail and password',
    auth: 'none',
    limit: 'signIn',
    body: LoginInput,
    output: SignedIn,
  },
  refresh: {
    method: 'POST',
    path: '/api/auth/refresh',
    summary: 'A new access token for the refresh cookie',
    auth: 'cookie',
    limit: 'write',
    output: SignedIn,
  },
  logout: {
    method: 'POST',
    path: '/api/auth/logout',
    summary: 'End this session everywhere it is open',
    auth: 'cookie',
    limit: 'write',
    output: none,
  },
  me: { method: 'GET', path: '/api/me', summary: 'Who I am', auth: 'user', limit: 'read', output: User },
  characters: {
    method: 'GET',
    path: '/api/characters',
    summary: 'All twins that can be talked with',
    auth: 'none',
    limit: 'read',
    output: list(Character),
  },
  conversations: {
    method: 'GET',
    path: '/api/conversations',
    summary: 'Open conversations: the live ones for everybody, the private ones for their fan',
    auth: 'none',
    limit: 'read',
    query: z.object({ kind: ConversationKind.default('live') }),
    output: list(ConversationSummary),
  },
  createConversation: {
    method: 'POST',
    path: '/api/conversations',
    summary: 'Open a conversation: a private one as any user, a live one as its creator',
    auth: 'user',
    limit: 'write',
    body: CreateConversationInput,
    output: Conversation,
  },
  messages: {
    method: 'GET',
    path: '/api/conversations/:id/messages',
    summary: 'A page of messages, newest last',
    auth: 'none',
    limit: 'read',
    params: z.object({ id: ConversationId }),
    query: z.object({
      before: MessageId.optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_MESSAGES).default(PAGE_MESSAGES),
    }),
    output: list(Message),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
type Part<R extends RouteName, P extends 'params' | 'query' | 'body'> = (typeof routes)[R] extends {
  [K in P]: infer S extends z.ZodType;
}
  ? z.infer<S>
  : undefined;
export type RouteInput<R extends RouteName> = {
  params: Part<R, 'params'>;
  query: Part<R, 'query'>;
  body: Part<R, 'body'>;
};
export type RouteOutput<R extends RouteName> = z.infer<(typeof routes)[R]['output']>;
