import { RadioGroup as Radix } from 'radix-ui';

type Props<T extends string> = {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; lang?: string }[];
  labelledBy: string;
  describedBy?: string;
};

/** One of a few, all of them in sight. */
export function Segments<T extends string>({ value, onChange, options, labelledBy, describedBy }: Props<T>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      orientation="horizontal"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex shrink-0 rounded-2xl bg-sunken p-1"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          lang={option.lang}
          className="min-h-9 min-w-11 flex-auto rounded-xl px-3 whitespace-nowrap text-sm font-medium text-ink-soft transition hover:text-ink data-[state=checked]:bg-surface data-[state=checked]:text-ink data-[state=checked]:shadow-card dark:data-[state=checked]:bg-line"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
