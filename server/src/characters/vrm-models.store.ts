import type { UserId, VrmModelId } from '@fantwin/shared/ids';
import type { VrmSummary } from '@fantwin/shared/vrm-models';
import type { Db } from '../db/open-db.ts';

/** A model as it is stored. `ownerId` null: the platform's own. */
export type StoredModel = {
  id: VrmModelId;
  ownerId: UserId | null;
  sha256: string;
  bytes: number;
  approved: boolean;
  /** Why a moderator refused it. */
  reason?: string;
  decided: boolean;
  summary: VrmSummary;
  picture?: StoredPicture;
  createdAt: number;
};
export type StoredPicture = { sha256: string; bytes: number };
export type NewModel = Pick<StoredModel, 'id' | 'ownerId' | 'sha256' | 'bytes' | 'approved' | 'summary' | 'picture'>;
export type VrmModelStore = ReturnType<typeof createVrmModelStore>;

const LIST_MAX = 200;

export function createVrmModelStore(db: Db) {
  const models = () => db.selectFrom('vrm_models as m').selectAll('m').where('m.summary', 'is not', null);
  type Row = Awaited<ReturnType<ReturnType<typeof models>['executeTakeFirstOrThrow']>>;

  const typed = (row: Row): StoredModel => ({
    id: row.id as VrmModelId,
    ownerId: row.owner_id as UserId | null,
    sha256: row.sha256,
    bytes: row.bytes,
    approved: row.approved,
    ...(row.refused_reason !== null && { reason: row.refused_reason }),
    decided: row.decided_at !== null,
    summary: row.summary as VrmSummary,
    ...(row.picture_sha256 !== null &&
      row.picture_bytes !== null && { picture: { sha256: row.picture_sha256, bytes: row.picture_bytes } }),
    createdAt: row.created_at,
  });

  return {
    /** Of the platform and of one creator, newest first. */
    async list(ownerId: UserId): Promise<StoredModel[]> {
      const rows = await models()
        .where((eb) => eb.or([eb('m.owner_id', 'is', null), eb('m.owner_id', '=', ownerId)]))
        .orderBy('m.id', 'desc')
        .limit(LIST_MAX)
        .execute();
      return rows.map(typed);
    },

    async byId(id: VrmModelId): Promise<StoredModel | undefined> {
      const row = await models().where('m.id', '=', id).executeTakeFirst();
      return row && typed(row);
    },

    async countOf(ownerId: UserId): Promise<number> {
      const { n } = await db
        .selectFrom('vrm_models')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('owner_id', '=', ownerId)
        .executeTakeFirstOrThrow();
      return n;
    },

    /** The file's size, where anybody has an approved model of it. */
    async approvedFile(sha256: string): Promise<{ bytes: number } | undefined> {
      return db
        .selectFrom('vrm_models')
        .select('bytes')
        .where('sha256', '=', sha256)
        .where('approved', '=', true)
        .executeTakeFirst();
    },

    async approvedPicture(sha256: string): Promise<{ bytes: number } | undefined> {
      const row = await db
        .selectFrom('vrm_models')
        .select('picture_bytes')
        .where('picture_sha256', '=', sha256)
        .where('approved', '=', true)
        .executeTakeFirst();
      return row && { bytes: row.picture_bytes ?? 0 };
    },

    /** The same file of the same owner is one model, which keeps what was decided about it; answers with its id. */
    async keep(model: NewModel, at: number): Promise<VrmModelId> {
      const summary = JSON.stringify(model.summary);
      const picture = {
        picture_sha256: model.picture?.sha256 ?? null,
        picture_bytes: model.picture?.bytes ?? null,
      };
      const kept = await db
        .insertInto('vrm_models')
        .values({
          id: model.id,
          owner_id: model.ownerId,
          sha256: model.sha256,
          bytes: model.bytes,
          approved: model.approved,
          summary,
          ...picture,
          refused_reason: null,
          decided_by: null,
          decided_at: null,
          created_at: at,
        })
        .onConflict((oc) => oc.constraint('vrm_model_once').doUpdateSet({ summary, ...(model.picture && picture) }))
        .returning('id')
        .executeTakeFirstOrThrow();
      return kept.id as VrmModelId;
    },

    /** Undefined where a moderator has decided already, about the model with the picture that it had. */
    async setPicture(id: VrmModelId, picture: StoredPicture): Promise<StoredModel | undefined> {
      const row = await db
        .updateTable('vrm_models')
        .set({ picture_sha256: picture.sha256, picture_bytes: picture.bytes })
        .where('id', '=', id)
        .where('decided_at', 'is', null)
        .where('approved', '=', false)
        .returningAll()
        .executeTakeFirst();
      return row && typed(row);
    },

    /** False where a character wears it. */
    async remove(id: VrmModelId): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('vrm_models as m')
        .where('m.id', '=', id)
        .where((eb) =>
          eb.not(eb.exists(eb.selectFrom('characters').select('id').whereRef('vrm_model_id', '=', 'm.id'))),
        )
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** What waits for a moderator, oldest first. */
    async toReview(): Promise<(StoredModel & { ownerName: string })[]> {
      const rows = await models()
        .innerJoin('users as u', 'u.id', 'm.owner_id')
        .select('u.display_name')
        .where('m.decided_at', 'is', null)
        .where('m.approved', '=', false)
        .orderBy('m.id')
        .limit(LIST_MAX)
        .execute();
      return rows.map((row) => ({ ...typed(row), ownerName: row.display_name }));
    },

    /** The last decision holds. */
    async decide(
      id: VrmModelId,
      decision: { approved: boolean; reason?: string; by: UserId; at: number },
    ): Promise<StoredModel | undefined> {
      const row = await db
        .updateTable('vrm_models')
        .set({
          approved: decision.approved,
          refused_reason: decision.reason ?? null,
          decided_by: decision.by,
          decided_at: decision.at,
        })
        .where('id', '=', id)
        .where('owner_id', 'is not', null)
        .returningAll()
        .executeTakeFirst();
      return row && typed(row);
    },
  };
}
