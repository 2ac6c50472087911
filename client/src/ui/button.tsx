import { Slot } from 'radix-ui';
import type { ButtonHTMLAttributes } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent shadow-card hover:bg-accent-strong',
  soft: 'bg-accent-soft text-on-accent-soft hover:brightness-97 dark:hover:brightness-115',
  outline: 'border border-line-strong bg-surface text-ink hover:bg-sunken',
  ghost: 'text-ink-soft hover:bg-sunken hover:text-ink',
} as const;

const sizes = {
  normal: 'min-h-11 px-5 gap-2',
  small: 'min-h-11 px-3.5 gap-1.5 text-sm sm:min-h-9',
  icon: 'size-11 shrink-0 justify-center',
} as const;

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  /** Something is under way: it cannot be pressed and says so. */
  busy?: boolean;
  /** The one child is the control: a link that looks like a button. */
  asChild?: boolean;
};

export function Button({ look = 'primary', size = 'normal', busy = false, asChild, className = '', ...rest }: Props) {
  const Control = asChild ? Slot.Root : 'button';
  return (
    <Control
      {...(!asChild && {
        type: rest.type ?? 'button',
        disabled: rest.disabled || busy,
        'aria-busy': busy || undefined,
      })}
      {...rest}
      {...(busy && { disabled: true })}
      className={`inline-flex items-center justify-center rounded-full font-medium transition duration-150 select-none active:scale-[0.98] disabled:pointer-events-none disabled:opacity-55 ${looks[look]} ${sizes[size]} ${className}`}
    />
  );
}
