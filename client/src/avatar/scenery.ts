import { AmbientLight, Box3, DirectionalLight, Mesh, type Object3D, PerspectiveCamera, Scene, Vector3 } from 'three';
import { FIELD_OF_VIEW, type Figure, type Framing, viewOf } from './framing.ts';

export type Scenery = ReturnType<typeof createScenery>;

/** What is around the avatar: light and a camera. Nothing in it belongs to a graphics context. */
export function createScenery() {
  const scene = new Scene();
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 40);
  const sun = new DirectionalLight(0xffffff, Math.PI * 0.94);
  sun.position.set(0.7, 1.1, 1.7);
  scene.add(sun, new AmbientLight(0xffffff, 0.5));

  return {
    scene,
    camera,
    aim(framing: Framing, figure: Figure, aspect: number): void {
      const { y, distance, rise } = viewOf(framing, figure, aspect);
      camera.aspect = aspect;
      camera.position.set(figure.head.x, y + rise, figure.head.z + distance);
      camera.lookAt(figure.head.x, y, figure.head.z);
      camera.updateProjectionMatrix();
    },
  };
}

/** Measures a model that stands in its T-pose. */
export function measureFigure(model: Object3D, headBone: Object3D | null): Figure {
  model.updateMatrixWorld(true);
  const head = headBone?.getWorldPosition(new Vector3()) ?? new Vector3(0, 1.22, 0);
  const box = new Box3();
  let top = head.y;
  model.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    // Not setFromObject: it would bend every vertex around its bones first.
    object.geometry.computeBoundingBox();
    if (object.geometry.boundingBox)
      top = Math.max(top, box.copy(object.geometry.boundingBox).applyMatrix4(object.matrixWorld).max.y);
  });
  return { head, top };
}
