// A person's description made into meshes, bones and pictures.
import { makeNeck, bothLegs } from './body/flesh.mjs';
import { makeHands } from './body/hands.mjs';
import { makeSkinning } from './body/skinning.mjs';
import { makeHoodie } from './clothes/hoodie.mjs';
import { makeJacket } from './clothes/jacket.mjs';
import { makeShoes, makeSkirt, makeSocks } from './clothes/skirt.mjs';
import { makeTrousers } from './clothes/trousers.mjs';
import { makeClip } from './clothes/trinkets.mjs';
import { makeIrises, makeLids, makeLines, makeShines, makeWhites } from './eyes.mjs';
import { makeEar, makeFace, makeHead } from './face.mjs';
import { makeLongHair } from './hair/long.mjs';
import { makeShortHair } from './hair/short.mjs';
import { makeMouth, makeNose } from './mouth.mjs';
import { drawHair, drawIris, makePalette } from './pictures.mjs';
import { posesOf } from './poses.mjs';
import { makeSkeleton } from './skeleton.mjs';
import { join, prune } from './surface.mjs';

const hairStyles = { long: makeLongHair, short: makeShortHair };
const wardrobe = {
  hoodie: makeHoodie,
  jacket: makeJacket,
  trousers: makeTrousers,
  skirt: makeSkirt,
  socks: makeSocks,
  shoes: makeShoes,
  clip: makeClip,
};

const named = (poses, make) => Object.entries(poses).map(([name, pose]) => [name, make(pose)]);

/** `meshes`: parts by material, and in `moves` the same parts in other poses, by the name of the morph target. */
export function makeFigure(person) {
  const { ink, picture: palette } = makePalette(person.ramps);
  const face = makeFace(person.face, ink);
  const skinAt = makeSkinning(person.body);
  const hair = hairStyles[person.hair.style](face, person.hair, ink);
  const worn = person.wears.map(({ item, ...cut }) => wardrobe[item]({ body: person.body, face, ink, skinAt }, cut));
  const chains = [hair, ...worn].flatMap((thing) => thing.chains);
  const eyes = { left: face.eyeballs.left.center, right: face.eyeballs.right.center };
  return {
    meshes: [
      bodyMesh(person, ink, skinAt),
      ...faceMeshes(person, face, ink, hair.bare),
      hairMesh(hair),
      clothMesh([hair.cloth, ...worn.map(({ parts }) => parts)]),
    ],
    skeleton: makeSkeleton(person.body, { eyes, chains }),
    chains,
    face,
    pictures: { palette, iris: drawIris(person.iris), hair: drawHair(person.hair) },
  };
}

function bodyMesh({ body, bare }, ink, skinAt) {
  const legs =
    bare === undefined
      ? []
      : bothLegs(body, {
          from: bare,
          to: body.leg.top - 0.05,
          rows: 7,
          paint: (_u, v) => ink('skin', 0.25 - 0.12 * v),
          skin: skinAt,
        });
  return {
    name: 'Body',
    parts: { skin: join([makeNeck(body, skinAt, ink), makeHands(body, skinAt, ink), legs]) },
    firstPerson: 'both',
  };
}

function faceMeshes(person, face, ink, bare) {
  const poses = posesOf(person);
  const head = (drop) => ({ skin: join([prune(makeHead(face, { drop }), bare), makeEar(face, 1), makeEar(face, -1)]) });
  const eyes = (pose) => ({ face: join(makeLids(face, ink, pose)), lines: join(makeLines(face, ink, pose)) });
  const mouth = (pose) => ({ lines: join(makeMouth(face, ink, pose)) });
  return [
    { name: 'Head', parts: head(0), moves: named(poses.jaw, head) },
    {
      name: 'Eyeballs',
      parts: {
        lines: join([makeNose(face, ink), makeWhites(face, ink), makeShines(face, ink)]),
        iris: join(makeIrises(face)),
      },
    },
    { name: 'Eyes', parts: eyes(poses.rest.eyes), moves: named(poses.eyes, eyes) },
    { name: 'Mouth', parts: mouth(poses.rest.mouth), moves: named(poses.mouth, mouth) },
  ];
}

const hairMesh = ({ parts }) => ({ name: 'Hair', parts: { hair: join(parts) } });
const clothMesh = (worn) => ({ name: 'Clothes', parts: { cloth: join(worn) }, firstPerson: 'both' });
