import type { Gltf } from './gltf.ts';
import { hangsOn } from './humanoid.ts';
import type { Tree } from './nodes.ts';
import { pointerTo, type Report } from './report.ts';
import { vrmLimits } from './vrm-limits.ts';
import type { VrmParts } from './vrm-parts.ts';

/** What swings: chains in order, and no more work per frame than a page can do. */
export function checkSprings(gltf: Gltf, { springs, springsAt }: VrmParts, tree: Tree, report: Report): void {
  const sizes = subtreeSizes(gltf, tree);
  let [joints, tests] = [0, 0];
  for (const { kind, nodes, colliders, at } of springs) {
    const count = kind === 'chain' ? nodes.length : nodes.reduce((sum, node) => sum + (sizes[node] ?? 0), 0);
    joints += count;
    tests += count * colliders;
    const broken = nodes.findIndex((node, i) => i > 0 && !hangsOn(node, nodes[i - 1] ?? -1, tree));
    if (kind === 'trees' || broken < 0) continue;
    const message = 'A joint of a spring does not hang on the one before it, so that it may swing oddly.';
    report.warn('spring-joint-order', message, pointerTo(...at, 'joints', broken));
  }
  if (joints <= vrmLimits.springJoints && tests <= vrmLimits.springTests) return;
  const message = `Its springs have ${joints} joints and need ${tests} tests for collisions in every frame;`;
  const allowed = `${vrmLimits.springJoints} and ${vrmLimits.springTests} are allowed. Remove spring bones or colliders.`;
  report.error('springs-too-heavy', `${message} ${allowed}`, pointerTo(...springsAt));
}

/** Each node with all that hangs on it. */
function subtreeSizes(gltf: Gltf, { parents }: Tree): number[] {
  const sizes = gltf.nodes.map(() => 0);
  for (const i of gltf.nodes.keys()) {
    for (let at: number | undefined = i; at !== undefined; at = parents[at]) sizes[at] = (sizes[at] ?? 0) + 1;
  }
  return sizes;
}

/** A circle of constraints makes the page fail in every frame. */
export function checkConstraints(gltf: Gltf, tree: Tree, report: Report): void {
  const state = new Map<number, 'open' | 'done'>();
  const isCircle = (node: number): boolean => {
    if (state.get(node) === 'done') return false;
    if (state.get(node) === 'open') return true;
    state.set(node, 'open');
    const circle = dependencies(gltf, node, tree).some(isCircle);
    state.set(node, 'done');
    return circle;
  };
  for (const node of gltf.nodes.keys()) {
    if (!isCircle(node)) continue;
    const message = 'Constraints follow each other in a circle. Remove one of them in your editor.';
    report.error('constraint-cycle', message, pointerTo('nodes', node, 'extensions', 'VRMC_node_constraint'));
    return;
  }
}

/** The nodes with constraints that must move before this one does. */
function dependencies(gltf: Gltf, node: number, { parents }: Tree): number[] {
  const constraint = gltf.nodes[node]?.extensions?.VRMC_node_constraint?.constraint;
  if (!constraint) return [];
  const { roll, aim, rotation } = constraint;
  const starts = [roll?.source, aim?.source, rotation?.source, aim && parents[node]];
  const found: number[] = [];
  for (const start of starts) {
    for (let at = start; at !== undefined; at = parents[at]) {
      if (gltf.nodes[at]?.extensions?.VRMC_node_constraint) found.push(at);
    }
  }
  return found;
}
