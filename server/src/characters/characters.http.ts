import { routes } from '@fantwin/shared/http';
import type { UserId } from '@fantwin/shared/ids';
import type { Router } from 'express';
import type { Who } from '../core/who.ts';
import { type RouteGuards, route } from '../platform/routes.ts';
import type { Characters } from './characters.ts';

type Parts = { characters: Characters; whoIs: (userId: UserId) => Promise<Who> };

export function charactersHttp(router: Router, { characters, whoIs }: Parts, guards: RouteGuards): void {
  route(router, routes.characters, () => characters.list(), guards);
  route(router, routes.ownCharacters, async (_input, userId) => characters.listOwn(await whoIs(userId)), guards);
  route(
    router,
    routes.createCharacter,
    async ({ body }, userId) => characters.create(await whoIs(userId), body),
    guards,
  );
  route(
    router,
    routes.changeCharacter,
    async ({ params, body }, userId) => characters.change(await whoIs(userId), params.id, body),
    guards,
  );
}
