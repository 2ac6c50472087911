import type { Gltf } from './gltf.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import { vrmLimits, vrmWarnings } from './vrm-limits.ts';
import type { Expression, MorphBind, VrmParts } from './vrm-parts.ts';

/** What a twin speaks and feels with. 0.x has no surprise. */
const wanted = ['aa', 'ih', 'ou', 'ee', 'oh', 'blink', 'happy', 'angry', 'sad', 'relaxed'];

export function checkExpressions(gltf: Gltf, vrm: VrmParts, report: Report): void {
  const { expressions, expressionsAt } = vrm;
  const at = pointerTo(...expressionsAt);
  if (expressions.length > vrmLimits.expressions) {
    const message = `It has ${expressions.length} expressions; ${vrmLimits.expressions} are allowed. Remove some.`;
    report.error('too-many-entries', message, at);
  }
  const binds = expressions.reduce((sum, { morphs, paints }) => sum + morphs.length + paints, 0);
  if (binds > vrmLimits.expressionBinds) {
    const message = `Its expressions move ${binds} things; ${vrmLimits.expressionBinds} are allowed. Remove some.`;
    report.error('too-many-binds', message, at);
    return;
  }
  for (const { morphs } of expressions) for (const bind of morphs) checkBind(gltf, bind, report);
  tellMissing(vrm, at, report);
}

function checkBind(gltf: Gltf, bind: MorphBind, report: Report): void {
  const at = [...bind.at, bind.on === 'nodes' ? 'node' : 'mesh'];
  if (!checkReference(gltf, { to: bind.on, index: bind.index, at }, report)) return;
  const mesh = bind.on === 'nodes' ? gltf.nodes[bind.index]?.mesh : bind.index;
  const targets = (gltf.meshes[mesh ?? -1]?.primitives ?? []).map((primitive) => primitive.targets.length);
  const morphs = targets.length === 0 ? 0 : Math.min(...targets);
  if (bind.morph < morphs) return;
  const message = `An expression uses morph ${bind.morph} of a mesh that has ${morphs}. Set the expression again in your editor.`;
  report.error('expression-morph-out-of-range', message, pointerTo(...bind.at, 'index'));
}

function tellMissing({ version, expressions }: VrmParts, at: string, report: Report): void {
  const present = new Set(
    expressions.filter(({ morphs, paints }) => paints + morphs.length > 0).map(({ name }) => name),
  );
  const missing = (version === '1.0' ? [...wanted, 'surprised'] : wanted).filter((name) => !present.has(name));
  if (missing.length === 0) return;
  const message = `These expressions are missing or move nothing: ${missing.join(', ')}. Without them the face stays still there.`;
  report.warn('expressions-missing', message, at);
}

/**
 * The most morphs of any mesh as the page draws it: where expressions move a mesh it makes one morph of each expression;
 * a mesh that none moves keeps all its own.
 */
export function morphsOf(gltf: Gltf, { expressions }: VrmParts, report: Report): number {
  const moving = new Map<number, Set<string>>();
  for (const expression of expressions) noteMeshes(gltf, expression, moving);
  let most = 0;
  for (const [m, { primitives }] of gltf.meshes.entries()) {
    const morphs = moving.get(m)?.size ?? Math.max(...primitives.map(({ targets }) => targets.length));
    most = Math.max(most, morphs);
    if (morphs <= vrmWarnings.morphs) continue;
    const at = pointerTo('meshes', m);
    const start = `A mesh needs ${morphs} morphs.`;
    const advice = 'Remove expressions that you do not use, and morphs of meshes that no expression moves.';
    if (morphs > vrmLimits.morphs) {
      report.error(
        'too-many-morphs',
        `${start} Above ${vrmLimits.morphs} many devices do not show it at all. ${advice}`,
        at,
      );
    } else {
      report.warn('many-morphs', `${start} Above ${vrmWarnings.morphs} some phones do not show it. ${advice}`, at);
    }
  }
  return most;
}

function noteMeshes(gltf: Gltf, { name, morphs }: Expression, moving: Map<number, Set<string>>): void {
  for (const { on, index, weight } of morphs) {
    const mesh = on === 'nodes' ? gltf.nodes[index]?.mesh : index;
    if (mesh === undefined || weight === 0) continue;
    const names = moving.get(mesh) ?? new Set();
    moving.set(mesh, names.add(name));
  }
}
