import { routes } from '@fantwin/shared/http';
import type { UserId } from '@fantwin/shared/ids';
import type { Router } from 'express';
import { AppError } from '../core/errors.ts';
import type { Who } from '../core/who.ts';
import { type RouteGuards, route } from '../platform/routes.ts';
import type { Conversations } from './conversations.ts';

type Deps = {
  conversations: Conversations;
  whoIs: (userId: UserId) => Promise<Who>;
  character: (id: string) => Promise<{ name: string; creatorId: string } | undefined>;
};

export function conversationRoutes(
  router: Router,
  { conversations, whoIs, character }: Deps,
  guards: RouteGuards,
): void {
  const perhaps = (userId: UserId | undefined) => (userId ? whoIs(userId) : Promise.resolve(undefined));

  route(
    router,
    routes.conversations,
    async ({ query }, userId) => ({ items: await conversations.list(await perhaps(userId), query.kind) }),
    guards,
  );

  route(
    router,
    routes.createConversation,
    async ({ body }, userId) => {
      const wanted = await character(body.characterId);
      if (!wanted) throw new AppError('not-found', 'There is no such twin.');
      return conversations.create(await whoIs(userId), body, wanted);
    },
    guards,
  );

  route(
    router,
    routes.changeConversation,
    async ({ params, body }, userId) => conversations.change(await whoIs(userId), params.id, body),
    guards,
  );

  route(
    router,
    routes.messages,
    async ({ params, query }, userId) =>
      conversations.page(await perhaps(userId), params.id, query.limit, query.before),
    guards,
  );
}
