import type { MoodName } from '@fantwin/shared/conversations';

export type Feeling = Exclude<MoodName, 'neutral'>;

/** Words with their weight from 0 to 1. A word ending in `*` stands for all that begin so. */
export const englishWords: Record<Feeling, [weight: number, words: string][]> = {
  happy: [
    [
      0.6,
      'love loved loving lovely delight* wonderful amazing awesome fantastic brilliant hooray yay yippee thrilled joy* overjoyed',
    ],
    [
      0.45,
      'happy happily happier glad great excit* fun funny haha* hehe* lol proud congrat* cheer* beautiful favorite favourite',
    ],
    [0.3, 'nice enjoy* thank* thanks welcome good smile* smiling laugh* sweet cute cool hi hello hey birthday'],
  ],
  sad: [
    [0.6, 'heartbroken heartbreaking miserable grief grieving devastat* tragic mourn* crying sobbing'],
    [0.45, 'sad sadly sadness sorry lonely miss hurt hurts tears unhappy depress* awful painful regret*'],
    [0.3, 'unfortunately disappoint* lost tired alas afraid worried gloomy'],
  ],
  angry: [
    [0.6, 'furious outrage* enraged rage disgust* despicable'],
    [0.45, 'angry mad hate hated unacceptable annoy* irritat* unfair stupid ridiculous'],
    [0.3, 'damn ugh shame rude nonsense'],
  ],
  relaxed: [
    [0.45, 'calm calmly peaceful relax* cozy cosy soothing serene tranquil breathe gently'],
    [0.3, 'quiet quietly rest resting gentle slowly softly comfortable warm safe'],
  ],
  surprised: [
    [0.6, 'wow whoa woah omg gosh astonish* astound* unbelievable'],
    [0.45, 'surpris* shock* unexpected* incredible suddenly'],
    [0.3, 'oh wait what'],
  ],
};

/** Fixed phrases, matched before words; what they cover is not read again. */
export const englishPhrases: [phrase: RegExp, feeling: Feeling | undefined, weight: number][] = [
  [/\bcan(?:no|')?t wait\b/giu, 'happy', 0.55],
  [/\bnot bad\b/giu, 'happy', 0.3],
  [/\bcan(?:no|')?t believe\b/giu, 'surprised', 0.5],
  [/\b(?:no way|oh my|oh wow|for real|holy \w+)\b/giu, 'surprised', 0.5],
  [/\bno (?:worries|problem|rush|hurry)\b|\btake your time\b|\ball good\b/giu, 'relaxed', 0.4],
  [/\b(?:sick of|fed up|pissed off|how dare)\b/giu, 'angry', 0.55],
  [/\b(?:i'm|i am) sorry to hear\b|\bmiss(?:ed)? you\b/giu, 'sad', 0.5],
  [
    /\bmade? (?:fun|good) of\b|\b(?:as|so) well as\b|\ba good (?:deal|many)\b|\bwhat (?:is|are|do|does|did|about)\b/giu,
    undefined,
    0,
  ],
  [/\bfun fact\b|\bgood question\b|\b(?:no|not) only\b|\bsad to say\b/giu, undefined, 0],
];

export const englishNegators = /^(?:not?|never|none|nobody|nothing|neither|nor|without|hardly|barely|cannot|\w+n't)$/u;
export const englishBoosters = /^(?:very|so|really|too|super|extremely|absolutely|totally|incredibly)$/u;
export const englishDampers = /^(?:slightly|somewhat|bit|little|kinda|fairly|rather|maybe|perhaps)$/u;
/** Whose anger it is: the other's is met with concern, not with anger. */
export const englishOthers = /^(?:you|you're|your|he|he's|she|she's|they|they're|people|someone)$/u;

/** Stems; what follows up to the next mark is looked at for a negation. */
export const japaneseStems: Record<Feeling, [weight: number, stems: string][]> = {
  happy: [
    [0.6, '大好き 最高 やったー やった！ 嬉し うれし わーい 幸せ'],
    [0.45, '楽し たのし 好き 素敵 すてき すばらし 素晴らし おめでと 面白 おもしろ ワクワク わくわく'],
    [0.3, 'ありがと よかった 良かった こんにち こんばん おはよ いいね かわい 可愛 (笑) （笑）'],
  ],
  sad: [
    [0.6, '悲し かなし 泣い 泣き 辛い つらい 切な'],
    [0.45, '寂し さびし さみし 残念 ごめん 申し訳ございま 申し訳ありま 申し訳な 涙'],
    [0.3, '心配 不安 疲れ がっかり しょんぼり'],
  ],
  angry: [
    [0.6, '許せ ふざけ むかつ ムカつ'],
    [0.45, '怒っ 怒り 腹が立 腹立 イライラ いらいら ひどい'],
  ],
  relaxed: [
    [0.45, '落ち着 おちつ のんびり 穏やか おだやか 癒や 癒さ リラックス ほっと ホッと'],
    [0.3, 'ゆっくり 安心 静か 大丈夫 無理しない'],
  ],
  surprised: [
    [0.6, 'びっくり ビックリ 驚い 驚き まさか えっ ええっ えー ええー うわ'],
    [0.45, '信じられな すごい すごく 本当に？ ほんとに？ 本当？ なんと'],
  ],
};
export const japaneseNegation =
  /^[^。！？、\n]{0,5}?(?:(?<!かもしれ|たまら|仕方|しかた)ない(?!か|？)|なかった|ません(?!か)|なくて|ずに)/u;

export const emojiFeelings: [emoji: RegExp, feeling: Feeling, weight: number][] = [
  [/[😀😃😄😁😆😂🤣😍🥰🤩🥳🎉🎊💖💕❤🧡💛💚💙💜😘😻]/gu, 'happy', 0.55],
  [/[😊🙂😉😋👍🙌👏✨🌟☺😇🤗😸]/gu, 'happy', 0.4],
  [/[😢😭😞😔😟🙁☹💔🥺😿]/gu, 'sad', 0.55],
  [/[😠😡🤬👿💢]/gu, 'angry', 0.6],
  [/[😌🍵☕🛌🧘🌿🌙😴]/gu, 'relaxed', 0.4],
  [/[😮😲😯😳🤯😱🙀]/gu, 'surprised', 0.6],
];
