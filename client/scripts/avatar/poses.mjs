// How a face is held in each expression. A person may hold some of them in their own way.
import { restEyes } from './eyes.mjs';
import { restMouth } from './mouth.mjs';

const both = (pose) => [
  { ...restEyes, ...pose },
  { ...restEyes, ...pose },
];

const eyes = {
  blinkLeft: [{ ...restEyes, shut: 1 }, restEyes],
  blinkRight: [restEyes, { ...restEyes, shut: 1 }],
  happy: both({ shut: 0.08, under: 0.62, outer: 0.12, browUp: 0.5, browOuter: -0.1 }),
  angry: both({ inner: 0.72, under: 0.12, browUp: -0.4, browInner: -0.85, browOuter: 0.35, browIn: 1 }),
  sad: both({ outer: 0.75, browUp: 0.15, browInner: 1, browOuter: -0.8, browIn: 0.4 }),
  relaxed: both({ shut: 0.2, under: 0.42, outer: 0.42, browUp: 0.35, browInner: 0.3, browOuter: -0.35 }),
  surprised: both({ wide: 1, browUp: 1.1, browInner: 0.15 }),
};

const mouth = {
  aa: { width: 0.0182, up: 0.003, down: 0.0225, corners: 0.0022, teeth: 0.85, tongue: 0.9 },
  ih: { width: 0.0205, up: 0.0022, down: 0.0068, corners: 0.003, teeth: 1, tongue: 0.1 },
  ou: { width: 0.0078, up: 0.0046, down: 0.0066, corners: 0.0002, round: 1 },
  ee: { width: 0.02, up: 0.003, down: 0.0122, corners: 0.0028, teeth: 0.95, tongue: 0.7 },
  oh: { width: 0.0118, up: 0.0056, down: 0.0142, corners: 0.0003, tongue: 0.6, round: 1 },
  happy: { width: 0.0215, up: 0.001, down: 0.0085, corners: 0.0068, teeth: 1, tongue: 0.2, shift: 0.0008 },
  angry: { width: 0.0148, corners: -0.0052, shift: -0.0006 },
  sad: { width: 0.0132, down: 0.0004, corners: -0.0052, shift: -0.0012 },
  relaxed: { width: 0.0188, corners: 0.0078, shift: 0.0006 },
  surprised: { width: 0.0088, up: 0.0055, down: 0.0095, corners: 0, round: 1, tongue: 0.4 },
};

/** Metres that the chin goes down. */
const jaw = { aa: 0.0045, oh: 0.003, surprised: 0.003 };

const withRest = (poses, rest, size) =>
  Object.fromEntries(
    Object.entries(poses).map(([name, pose]) => [name, { ...rest, ...pose, width: (pose.width ?? rest.width) * size }]),
  );

/** `person.expressions`: changes to the poses above; `person.face.features.mouth`: how wide the mouth is, 1 as here. */
export function posesOf({ face, expressions = {} }) {
  const size = face.features.mouth ?? 1;
  const ownEyes = Object.fromEntries(
    Object.entries(eyes).map(([name, pair]) => [name, pair.map((pose) => ({ ...pose, ...expressions.eyes?.[name] }))]),
  );
  const ownMouth = Object.fromEntries(
    Object.entries(mouth).map(([name, pose]) => [name, { ...pose, ...expressions.mouth?.[name] }]),
  );
  const rest = { ...restMouth, ...expressions.mouth?.rest };
  return {
    eyes: ownEyes,
    mouth: withRest(ownMouth, rest, size),
    jaw,
    rest: { eyes: [restEyes, restEyes], mouth: { ...rest, width: rest.width * size } },
  };
}
