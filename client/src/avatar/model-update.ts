import { type MToonMaterial, type VRM } from '@pixiv/three-vrm';
import { type Material, Mesh } from 'three';

/** Springs blow up over longer steps; on a slower machine hair swings in slow motion instead. */
const SPRING_STEP_MAX_SECONDS = 1 / 20;

const isMToon = (material: Material): material is MToonMaterial => 'isMToonMaterial' in material;

/** What `vrm.update` does, in its order, with less of it where a device is weak. */
export function createModelUpdate(vrm: VRM) {
  const outlines = materialsOf(vrm).filter((material) => isMToon(material) && material.isOutline);
  let simple = false;
  let springWaits = false;
  let springSeconds = 0;

  function updateSprings(seconds: number): void {
    springSeconds = Math.min(springSeconds + seconds, SPRING_STEP_MAX_SECONDS);
    springWaits = simple && !springWaits;
    if (springWaits) return;
    vrm.springBoneManager?.update(springSeconds);
    springSeconds = 0;
  }

  return {
    update(seconds: number): void {
      vrm.humanoid.update();
      vrm.lookAt?.update(seconds);
      vrm.expressionManager?.update();
      vrm.nodeConstraintManager?.update();
      updateSprings(seconds);
      for (const material of vrm.materials ?? []) if (isMToon(material)) material.update(seconds);
    },
    /** Draws no outlines, and moves the springs every other time. */
    simplify(simpler: boolean): void {
      simple = simpler;
      for (const outline of outlines) outline.visible = !simpler;
    },
  };
}

function materialsOf(vrm: VRM): Material[] {
  const materials = new Set<Material>();
  vrm.scene.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    for (const material of [object.material].flat()) materials.add(material);
  });
  return [...materials];
}
