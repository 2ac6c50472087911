import { z } from 'zod';
import { GuestInput, LoginInput, RegisterInput, SignedIn, User } from './accounts.ts';
import { Character, CharacterChange, CharacterInput, Language, OwnCharacter, VoiceChoice } from './characters.ts';
import {
  Conversation,
  ConversationChange,
  ConversationKind,
  ConversationSummary,
  CreateConversationInput,
  Message,
  Sentence,
  SpeechPreviewInput,
} from './conversations.ts';
import { CharacterId, ConversationId, MessageId, VrmModelId } from './ids.ts';
import { type httpLimits, PAGE_MESSAGES, PICTURE_MAX_BYTES, VRM_MAX_BYTES } from './limits.ts';
import { VrmDecision, VrmModel, VrmToReview, VrmUploadQuery } from './vrm-models.ts';

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
  /** The body is a file of this type and at most this size, instead of JSON. */
  file?: { type: string; maxBytes: number };
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
  changeConversation: {
    method: 'PATCH',
    path: '/api/conversations/:id',
    summary: 'End a live conversation, open it again, or name it anew, as its creator',
    auth: 'user',
    limit: 'write',
    params: z.object({ id: ConversationId }),
    body: ConversationChange,
    output: z.object({ id: ConversationId, title: z.string(), open: z.boolean() }),
  },
  ownCharacters: {
    method: 'GET',
    path: '/api/me/characters',
    summary: 'The twins that I made, with their personas',
    auth: 'user',
    limit: 'read',
    output: list(OwnCharacter),
  },
  createCharacter: {
    method: 'POST',
    path: '/api/characters',
    summary: 'Make a twin; whoever has an account can',
    auth: 'user',
    limit: 'write',
    body: CharacterInput,
    output: OwnCharacter,
  },
  changeCharacter: {
    method: 'PATCH',
    path: '/api/characters/:id',
    summary: 'Change a twin, as its creator',
    auth: 'user',
    limit: 'write',
    params: z.object({ id: CharacterId }),
    body: CharacterChange,
    output: OwnCharacter,
  },
  voices: {
    method: 'GET',
    path: '/api/voices',
    summary: 'The voices that a twin of this language can have',
    auth: 'user',
    limit: 'read',
    query: z.object({ language: Language }),
    output: list(VoiceChoice),
  },
  previewSpeech: {
    method: 'POST',
    path: '/api/speech',
    summary: 'Hear how a sentence would sound',
    auth: 'user',
    limit: 'speech',
    body: SpeechPreviewInput,
    output: Sentence.pick({ durationMs: true, visemes: true, words: true, mood: true, url: true }),
  },
  vrmModels: {
    method: 'GET',
    path: '/api/vrm-models',
    summary: "The platform's avatars and my own",
    auth: 'user',
    limit: 'read',
    output: list(VrmModel),
  },
  uploadVrm: {
    method: 'POST',
    path: '/api/vrm-models',
    summary: 'Upload an avatar; a refusal names every fault in `details.findings`',
    auth: 'user',
    limit: 'upload',
    query: VrmUploadQuery,
    file: { type: 'model/gltf-binary', maxBytes: VRM_MAX_BYTES },
    output: VrmModel,
  },
  uploadPicture: {
    method: 'POST',
    path: '/api/vrm-models/:id/picture',
    summary: 'The portrait of an avatar of mine, until a moderator has decided',
    auth: 'user',
    limit: 'upload',
    params: z.object({ id: VrmModelId }),
    file: { type: 'image/png', maxBytes: PICTURE_MAX_BYTES },
    output: VrmModel,
  },
  deleteVrm: {
    method: 'DELETE',
    path: '/api/vrm-models/:id',
    summary: 'Remove an avatar of mine that no twin wears',
    auth: 'user',
    limit: 'write',
    params: z.object({ id: VrmModelId }),
    output: none,
  },
  vrmReviews: {
    method: 'GET',
    path: '/api/moderation/vrm-models',
    summary: 'Avatars that wait for a decision, oldest first',
    auth: 'user',
    limit: 'read',
    output: list(VrmToReview),
  },
  decideVrm: {
    method: 'POST',
    path: '/api/moderation/vrm-models/:id',
    summary: 'Approve an avatar, or refuse it with a reason; the last decision holds',
    auth: 'user',
    limit: 'write',
    params: z.object({ id: VrmModelId }),
    body: VrmDecision,
    output: VrmModel,
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
