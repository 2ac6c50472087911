import type { VrmLicence } from '@fantwin/shared/vrm-models';
import type { Reference } from './references.ts';

type Keys = readonly (string | number)[];

export type Bone = { name: string; node: number; at: Keys };

export type MorphBind = { on: 'nodes' | 'meshes'; index: number; morph: number; weight: number; at: Keys };

export type Expression = {
  /** By the names of 1.0 where it is a preset. */
  name: string;
  morphs: readonly MorphBind[];
  /** How often it changes colours or textures of materials. */
  paints: number;
};

/** `chain`: these nodes, each a descendant of the one before. `trees`: all that hangs on these nodes. */
export type Spring = { kind: 'chain' | 'trees'; nodes: readonly number[]; colliders: number; at: Keys };

export type Meta = {
  name: string;
  authors: readonly string[];
  licence: Omit<VrmLicence, 'authors'>;
  /** Where the file says it, by what a check may complain of. */
  at: Record<'meta' | 'name' | 'authors' | 'commercial' | 'permission' | 'redistribution' | 'credit', Keys>;
};

/** What a VRM of either version adds to a glTF, in one form. */
export type VrmParts = {
  version: '1.0' | '0.x';
  meta: Meta;
  bonesAt: Keys;
  bones: readonly Bone[];
  expressionsAt: Keys;
  expressions: readonly Expression[];
  gazeByBones: boolean;
  springsAt: Keys;
  springs: readonly Spring[];
  /** Pointers into lists of the glTF that need no other check. */
  references: readonly Reference[];
  /** Textures of materials that the VRM part names itself. */
  textures: readonly Reference[];
  thumbnail: Reference | undefined;
};
