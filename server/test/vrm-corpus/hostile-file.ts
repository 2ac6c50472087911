import { at, closeGlb, type Glb, openGlb } from './glb-edit.ts';

/** A file that must be refused for its own reason. */
export type HostileFile = { name: string; file: Uint8Array; code: string; pointer?: string };

/** What to do to a good file, and what the scan has to say about it. */
export type Mutation = [name: string, code: string, pointer: string | undefined, edit: (glb: Glb) => void];

export function mutate(good: Uint8Array, mutations: readonly Mutation[]): HostileFile[] {
  return mutations.map(([name, code, pointer, edit]) => {
    const glb = openGlb(good);
    edit(glb);
    return { name, file: closeGlb(glb), code, ...(pointer !== undefined && { pointer }) };
  });
}

type Accessor = { bufferView: number; byteOffset?: number };
type View = { byteOffset?: number };

/** Where the numbers of an accessor start in the binary part. */
export function startOf({ json }: Glb, accessor: number): number {
  const { bufferView, byteOffset = 0 } = at(json, `/accessors/${accessor}`) as Accessor;
  return byteOffset + ((at(json, `/bufferViews/${bufferView}`) as View).byteOffset ?? 0);
}
