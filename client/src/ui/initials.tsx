const hues = [22, 42, 145, 175, 215, 262, 318, 350] as const;

/** The same name has the same colour everywhere. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return hues[sum % hues.length] ?? hues[0];
}

const first = (word = '') => [...new Intl.Segmenter().segment(word)][0]?.segment ?? '';

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  return (words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0])).toLocaleUpperCase();
}

const sizes = {
  tiny: 'size-6 text-[0.65rem]',
  small: 'size-8 text-xs',
  normal: 'size-11 text-base',
  large: 'size-20 text-4xl',
} as const;

/** Stands for someone who has no picture. The name is beside it, so it is hidden from screen readers. */
export function Initials({
  name,
  size = 'normal',
  bare = false,
}: {
  name: string;
  size?: keyof typeof sizes;
  bare?: boolean;
}) {
  const disc = bare ? '' : 'bg-[oklch(0.9_0.055_var(--hue))] dark:bg-[oklch(0.36_0.06_var(--hue))]';
  return (
    <span
      aria-hidden="true"
      style={{ '--hue': hueOf(name) } as React.CSSProperties}
      className={`grid shrink-0 place-items-center rounded-full font-display font-semibold text-[oklch(0.36_0.09_var(--hue))] select-none dark:text-[oklch(0.92_0.05_var(--hue))] ${disc} ${sizes[size]}`}
    >
      {initialsOf(name)}
    </span>
  );
}
