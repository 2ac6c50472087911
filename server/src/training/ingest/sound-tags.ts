const words =
  'music|applause|laughter|laughs?|laughing|chuckl\\w*|giggl\\w*|sighs?|gasps?|coughs?|coughing|cheer\\w*|clapping|silence|inaudible|unintelligible|crosstalk|sobs?|sniffl\\w*|groans?|screams?|whispers?|beep\\w*|bleep\\w*|phone rings?|foreign|speaks? \\w+|singing|sings|\\w+ music(?: playing)?|music \\w+|__+|音楽|拍手|笑い声?|笑|歓声|拍手喝采|ため息|咳|効果音|無音|聞き取れず|不明瞭|歌声|BGM|ノイズ|悲鳴|泣き声|鼻歌';
const bracketed = /[[［【][^\][［］【】\n]{1,40}[\]］】]/gu;
const bracketedSound = new RegExp(`[\\[［【]\\s*(?:${words})\\s*[\\]］】]`, 'giu');
const parenthesised = new RegExp(`[(（]\\s*(?:${words})(?:[\\s,、]+(?:${words}))*\\s*[)）]`, 'giu');
const sung = /[♪♫♬][^♪♫♬]{0,400}[♪♫♬]/gu;
const sungToTheEnd = /[♪♫♬][^♪♫♬.!?。！？]{0,200}(?:[.!?。！？]|$)/gu;
const asterisked = new RegExp(`\\*\\s*(?:${words})\\s*\\*`, 'giu');

/**
 * A text without sounds. In captions all brackets and everything sung goes; in what somebody wrote only `[Music]` and the
 * like: there `(laughs)`, (笑) and ♪ are style.
 */
export function stripSounds(text: string, spoken: boolean, found: (sound: string) => void): string {
  if (!/[[(（［【♪♫♬*]/u.test(text)) return text;
  const rules = spoken ? [sung, sungToTheEnd, bracketed, parenthesised, asterisked] : [bracketedSound];
  return rules.reduce(
    (rest, rule) =>
      rest.replace(rule, (sound) => {
        found(sound);
        return ' ';
      }),
    text,
  );
}
