// Which bones hold a place of the body. Clothes use the same rule, so that they move with what is under them.
import { smooth } from '../math.mjs';

/** Adds weights of the same bone and leaves out what is nothing. */
function tidy(weights) {
  const sums = new Map();
  for (const [bone, weight] of weights) if (weight > 0.004) sums.set(bone, (sums.get(bone) ?? 0) + weight);
  return [...sums];
}

const scaled = (weights, by) => weights.map(([bone, weight]) => [bone, weight * by]);

/** Shares a place between neighbours on a line: [[bone, from, to], ...], each taking over between its two numbers. */
function ladder(first, steps, at) {
  let weights = [[first, 1]];
  for (const [bone, from, to] of steps) {
    const part = smooth(from, to, at);
    if (part > 0) weights = [...scaled(weights, 1 - part), [bone, part]];
  }
  return weights;
}

export function makeSkinning(body) {
  const { arm, leg } = body;
  const [elbow, wrist] = [arm.x + arm.upper, arm.x + arm.upper + arm.lower];

  const trunk = (y) =>
    ladder(
      'hips',
      [
        ['spine', body.hips + 0.0, body.spine + 0.035],
        ['chest', body.spine + 0.03, body.chest + 0.03],
        ['upperChest', body.chest + 0.03, body.upperChest + 0.025],
        ['neck', body.neck - 0.005, body.neck + 0.035],
        ['head', body.head - 0.025, body.head + 0.02],
      ],
      y,
    );

  const armAt = (side, reach) =>
    ladder(
      `${side}UpperArm`,
      [
        [`${side}LowerArm`, elbow - 0.034, elbow + 0.034],
        [`${side}Hand`, wrist - 0.022, wrist + 0.01],
      ],
      reach,
    );

  function legAt(side, [, y, z]) {
    const steps = [
      [`${side}LowerLeg`, -(leg.knee + 0.05), -(leg.knee - 0.05)],
      [`${side}Foot`, -(leg.ankle + 0.03), -(leg.ankle - 0.012)],
    ];
    const weights = ladder(`${side}UpperLeg`, steps, -y);
    const toes = y < leg.ankle ? smooth(leg.toes - 0.02, leg.toes + 0.02, z) : 0;
    return [...scaled(weights, 1 - toes), [`${side}Toes`, toes]];
  }

  /** For a place of the trunk, the neck, an arm down to the wrist, or a leg. */
  return function skinAt(point) {
    const [x, y] = point;
    const side = x > 0 ? 'left' : 'right';
    const reach = Math.abs(x);
    // Under the arm the side of the chest stays where it is.
    const sag = 0.75 * Math.max(arm.y - 0.03 - y, 0) + 0.12 * Math.max(arm.y - y, 0);
    const inArm = smooth(arm.x - 0.05, arm.x + 0.045, reach - sag);
    const inShoulder = smooth(0.025, arm.x - 0.015, reach - sag * 0.6) * smooth(arm.y - 0.07, arm.y - 0.02, y) * 0.85;
    const above = [...scaled(trunk(Math.min(y, body.neck + 0.5)), 1 - inShoulder), [`${side}Shoulder`, inShoulder]];
    if (y > leg.top + 0.03) return tidy([...scaled(above, 1 - inArm), ...scaled(armAt(side, reach), inArm)]);
    const inLeg = smooth(leg.top + 0.02, leg.top - 0.06, y);
    const left = smooth(-0.018, 0.018, x);
    return tidy([
      ['hips', 1 - inLeg],
      ...scaled(legAt('left', point), inLeg * left),
      ...scaled(legAt('right', point), inLeg * (1 - left)),
    ]);
  };
}
