import { z } from 'zod';

/** What the address of an overlay may say after its `?`. */
const shape = {
  captions: z.enum(['on', 'off']).default('on'),
  voice: z.enum(['on', 'off']).default('off'),
  side: z.enum(['left', 'center', 'right']).default('center'),
  /** The avatar's height in percent of the picture's. */
  size: z.coerce.number().int().min(20).max(100).default(100),
};
const Options = z.object(shape);
export type OverlayOptions = z.infer<typeof Options>;

/** What was asked for. What is not understood is as if it were not there, and `faults` names it. */
export function readOptions(search: URLSearchParams): { options: OverlayOptions; faults: string[] } {
  const entries = [...search].filter(([, value]) => value !== '');
  const known = entries.filter(([name, value]) => name in shape && Options.safeParse({ [name]: value }).success);
  const faults = entries.filter((entry) => !known.includes(entry)).map(([name, value]) => `${name}=${value}`);
  return { options: Options.parse(Object.fromEntries(known)), faults };
}
