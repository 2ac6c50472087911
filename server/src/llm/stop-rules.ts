/** When an answer is over, beside the model's own end. */
export type StopRules = {
  /** Ends with this many sentences, or sooner with one that ends after `enoughTokens`. */
  sentences?: number;
  enoughTokens?: number;
  /** Text that an answer never holds. */
  stops: readonly string[];
  /** This many pictures in a row are no answer. */
  picturesInARow?: number;
};

/** A chat template spelled out, or the other side's turn played by the model. */
const templateMarks = ['<|', '<end_of_turn>', '</s>', '[INST]'];

export const plainStopRules: StopRules = { stops: templateMarks };

/** A model of this size drifts after its second sentence and after a line's end. */
export const smallModelStopRules: StopRules = {
  sentences: 2,
  enoughTokens: 30,
  stops: [...templateMarks, '\n'],
  picturesInARow: 3,
};

/**
 * How much of an answer may be shown, and whether it is over. `text`: all of it so far, with what a former maker
 * published; `tokens`: how many it took; `shown`: what nobody can take back any more.
 */
export function judgeAnswer(
  text: string,
  tokens: number,
  shown: number,
  rules: StopRules,
): { shown: number; over: boolean } {
  const start = text.length - text.trimStart().length; // an answer may begin with a line's end
  const ends = rules.stops.map((stop) => text.indexOf(stop, start));
  ends.push(...sentenceLimit(text, tokens, shown, rules), ...pictureLimit(text, rules));
  const end = Math.min(...ends.filter((at) => at >= 0));
  if (end < Infinity) return { shown: Math.max(end, shown), over: true };
  return { shown: text.length - startedStop(text, rules.stops), over: false };
}

function sentenceLimit(text: string, tokens: number, shown: number, rules: StopRules): number[] {
  const { sentences = 0, enoughTokens = 0 } = rules;
  if (sentences === 0) return [];
  const found = [...text.matchAll(/[.!?…]+["')\]*]*(?=\s)/gu)].map((match) => match.index + match[0].length);
  const allowed = found[sentences - 1];
  const justEnded = found.at(-1) ?? -1;
  if (allowed !== undefined) return [allowed];
  return tokens >= enoughTokens && justEnded >= shown ? [justEnded] : [];
}

function pictureLimit(text: string, { picturesInARow = 0 }: StopRules): number[] {
  if (picturesInARow === 0) return [];
  const run = new RegExp(
    `(?:\\p{Extended_Pictographic}[\\u200d\\ufe0f\\u{1f3fb}-\\u{1f3ff}\\s]*){${picturesInARow}}`,
    'u',
  );
  const match = run.exec(text);
  return match ? [match.index + match[0].length] : [];
}

/** Length of the text's end that may still grow into a stop. */
function startedStop(text: string, stops: readonly string[]): number {
  const lengths = stops.map((stop) => {
    for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1)
      if (text.endsWith(stop.slice(0, length))) return length;
    return 0;
  });
  return Math.max(0, ...lengths);
}
