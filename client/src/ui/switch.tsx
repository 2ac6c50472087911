import { Switch as Radix } from 'radix-ui';

type Props = { checked: boolean; onChange: (checked: boolean) => void; labelledBy: string; describedBy?: string };

/** On or off, at once. */
export function Switch({ checked, onChange, labelledBy, describedBy }: Props) {
  return (
    <Radix.Root
      checked={checked}
      onCheckedChange={onChange}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="relative grid h-11 w-14 shrink-0 cursor-pointer content-center rounded-full before:h-7 before:w-full before:rounded-full before:border before:border-line-strong before:bg-sunken before:transition data-[state=checked]:before:border-accent data-[state=checked]:before:bg-accent"
    >
      <Radix.Thumb className="absolute top-1/2 left-1 size-5 -translate-y-1/2 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-7 data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
}
