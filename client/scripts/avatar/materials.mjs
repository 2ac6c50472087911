// Two-tone materials with a soft edge, a rim of light and a thin line around the figure.

/** `texture`: which picture; `outline` in metres. */
function toon({
  name,
  texture,
  shade,
  outline = 0,
  line = [0.2, 0.1, 0.14],
  toony = 0.8,
  shift = -0.1,
  rim = 0,
  tint = [1, 1, 1],
}) {
  return {
    name,
    pbrMetallicRoughness: { baseColorTexture: { index: texture }, metallicFactor: 0, roughnessFactor: 1 },
    extensions: {
      KHR_materials_unlit: {},
      VRMC_materials_mtoon: {
        specVersion: '1.0',
        shadeColorFactor: shade,
        shadeMultiplyTexture: { index: texture },
        shadingToonyFactor: toony,
        shadingShiftFactor: shift,
        giEqualizationFactor: 0.9,
        ...(rim > 0 && {
          parametricRimColorFactor: tint.map((channel) => channel * rim),
          parametricRimFresnelPowerFactor: 4,
          parametricRimLiftFactor: 0.02,
          rimLightingMixFactor: 1,
        }),
        ...(outline > 0 && {
          outlineWidthMode: 'worldCoordinates',
          outlineWidthFactor: outline,
          outlineColorFactor: line,
          outlineLightingMixFactor: 0.5,
        }),
      },
    },
  };
}

/** Linear colours. `palette`, `iris`, `hair`: indices of the textures. `tones`: a person's shades. */
export function makeMaterials({ palette, iris, hair }, tones) {
  return [
    toon({
      name: 'skin',
      texture: palette,
      shade: tones.skin,
      outline: 0.0008,
      line: tones.skinLine,
      toony: 0.72,
      rim: 0.06,
    }),
    toon({ name: 'face', texture: palette, shade: tones.skin, toony: 0.72 }),
    toon({ name: 'lines', texture: palette, shade: [0.92, 0.9, 0.92] }),
    toon({ name: 'iris', texture: iris, shade: [0.94, 0.93, 0.96] }),
    toon({
      name: 'hair',
      texture: hair,
      shade: tones.hair,
      outline: 0.0009,
      line: tones.hairLine,
      toony: 0.6,
      shift: -0.05,
      rim: 0.1,
    }),
    toon({
      name: 'cloth',
      texture: palette,
      shade: tones.cloth,
      outline: 0.001,
      line: tones.clothLine,
      toony: 0.62,
      shift: -0.05,
      rim: 0.06,
    }),
  ];
}
