import { WebGLRenderer } from 'three';
import type { Tier } from './quality.ts';
import type { Scenery } from './scenery.ts';

type Events = {
  /** The graphics context is gone; the canvas shows nothing. */
  onLost: () => void;
  /** The browser has given it back. */
  onRestored: () => void;
};

/** A canvas with its graphics context: what can be lost and replaced while the avatar goes on. */
export class Screen {
  readonly canvas = document.createElement('canvas');
  readonly #renderer: WebGLRenderer;
  readonly #end = new AbortController();

  /** Throws where the browser has no WebGL, or no more of it to give. */
  constructor(tier: Tier, { onLost, onRestored }: Events) {
    this.canvas.className = 'absolute inset-0 size-full';
    const powerPreference = tier === 'high' ? 'high-performance' : 'default';
    this.#renderer = new WebGLRenderer({
      canvas: this.canvas,
      antialias: tier === 'high',
      alpha: true,
      powerPreference,
    });
    const { signal } = this.#end;
    this.canvas.addEventListener('webglcontextlost', onLost, { signal });
    this.canvas.addEventListener('webglcontextrestored', onRestored, { signal });
  }

  get isLost(): boolean {
    return this.#renderer.getContext().isContextLost();
  }

  /** What is held on the graphics card. */
  get held(): { geometries: number; textures: number; programs: number } {
    const { memory, programs } = this.#renderer.info;
    return { geometries: memory.geometries, textures: memory.textures, programs: programs?.length ?? 0 };
  }

  /** Sizes in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#renderer.setPixelRatio(pixelRatio);
    this.#renderer.setSize(width, height, false);
  }

  draw({ scene, camera }: Scenery): void {
    this.#renderer.render(scene, camera);
  }

  /** A PNG of what is drawn here and now: another task would find the canvas already emptied. */
  picture(scenery: Scenery): Promise<Blob> {
    this.draw(scenery);
    return new Promise((resolve, reject) => {
      this.canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The browser makes no picture of the avatar'))),
        'image/png',
      );
    });
  }

  /** Gives the graphics context back now, not when the memory is swept: a browser has few. */
  close(): void {
    this.#end.abort();
    this.canvas.remove();
    const lost = this.isLost;
    this.#renderer.dispose();
    if (!lost) this.#renderer.forceContextLoss();
  }
}
