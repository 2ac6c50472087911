import type { Gltf } from './gltf.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';

export type Tree = {
  /** By node; undefined for a root. */
  parents: readonly (number | undefined)[];
  /** The nodes that the page shows. */
  shown: ReadonlySet<number>;
};

/** Nodes and scenes. Undefined: they are no tree that anything may walk along. */
export function checkNodes(gltf: Gltf, report: Report): Tree | undefined {
  const before = report.errors;
  const parents = readParents(gltf, report);
  const circle = gltf.nodes.findIndex((_, i) => isInCircle(i, parents));
  if (circle >= 0) {
    const message = 'This bone or object is its own ancestor. Mend the hierarchy in your editor, then export again.';
    report.error('node-cycle', message, pointerTo('nodes', circle));
  } else checkScenes(gltf, parents, report);
  const tree = report.errors === before ? { parents, shown: shownNodes(gltf) } : undefined;
  checkNodeParts(gltf, report);
  return tree;
}

function readParents(gltf: Gltf, report: Report): (number | undefined)[] {
  const parents: (number | undefined)[] = gltf.nodes.map(() => undefined);
  for (const [i, { children }] of gltf.nodes.entries()) {
    for (const [c, child] of children.entries()) {
      const at = ['nodes', i, 'children', c];
      if (!checkReference(gltf, { to: 'nodes', index: child, at }, report)) continue;
      if (parents[child] !== undefined) {
        tellTwoParents(report, at);
        return parents; // no tree: what follows would say it again
      }
      parents[child] = i;
    }
  }
  return parents;
}

function tellTwoParents(report: Report, at: readonly (string | number)[]): void {
  const message = 'This bone or object hangs in two places. Give each one parent in your editor, then export again.';
  report.error('node-two-parents', message, pointerTo(...at));
}

function isInCircle(node: number, parents: readonly (number | undefined)[]): boolean {
  let at = parents[node];
  for (let steps = 0; at !== undefined && steps < parents.length; steps += 1) {
    if (at === node) return true;
    at = parents[at];
  }
  return false;
}

function checkNodeParts(gltf: Gltf, report: Report): void {
  for (const [i, node] of gltf.nodes.entries()) {
    for (const [to, key] of [
      ['meshes', 'mesh'],
      ['skins', 'skin'],
      ['cameras', 'camera'],
    ] as const) {
      checkReference(gltf, { to, index: node[key], at: ['nodes', i, key] }, report);
    }
    const { scale, matrix } = node;
    const positive = matrix ? determinant(matrix) > 0 : !scale || scale.every((part) => part > 0);
    if (positive) continue;
    const message = 'A scale is zero or negative, which turns a model inside out. Apply scales in your editor.';
    report.error('scale-not-positive', message, pointerTo('nodes', i, matrix ? 'matrix' : 'scale'));
  }
}

/** Of the upper left 3 x 3 of a column-major 4 x 4. */
function determinant(matrix: readonly number[]): number {
  const m = (column: number, row: number): number => matrix[column * 4 + row] ?? 0;
  return (
    m(0, 0) * (m(1, 1) * m(2, 2) - m(2, 1) * m(1, 2)) -
    m(1, 0) * (m(0, 1) * m(2, 2) - m(2, 1) * m(0, 2)) +
    m(2, 0) * (m(0, 1) * m(1, 2) - m(1, 1) * m(0, 2))
  );
}

function checkScenes(gltf: Gltf, parents: readonly (number | undefined)[], report: Report): void {
  if (gltf.scene >= gltf.scenes.length) {
    report.error('scene-missing', 'The file does not say which scene to show. Export the model again.', '/scene');
  }
  for (const [s, { nodes }] of gltf.scenes.entries()) {
    const seen = new Set<number>();
    for (const [n, node] of nodes.entries()) {
      const at = ['scenes', s, 'nodes', n];
      if (!checkReference(gltf, { to: 'nodes', index: node, at }, report)) continue;
      if (seen.has(node) || parents[node] !== undefined) tellTwoParents(report, at);
      seen.add(node);
    }
  }
}

function shownNodes(gltf: Gltf): Set<number> {
  const shown = new Set<number>();
  const open = [...(gltf.scenes[gltf.scene]?.nodes ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (shown.has(node)) continue;
    shown.add(node);
    open.push(...(gltf.nodes[node]?.children ?? []));
  }
  return shown;
}
