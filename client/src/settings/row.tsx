import { type ReactNode, useId } from 'react';
import { Segments } from '../ui/segments.tsx';
import { Switch } from '../ui/switch.tsx';

type Named = {
  label: string;
  /** What the choice means. */
  hint?: string;
};

export function SwitchRow({ label, hint, ...rest }: Named & { checked: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-4">
      <Name id={id} label={label} hint={hint} />
      <Switch labelledBy={id} describedBy={hint && hintOf(id)} {...rest} />
    </div>
  );
}

type ChoiceProps<T extends string> = Named & {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; lang?: string }[];
};

/** Where there is little room, the choice has a line of its own. */
export function ChoiceRow<T extends string>({ label, hint, ...rest }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className="@container">
      <div className="grid gap-1.5 @md:flex @md:items-center @md:justify-between @md:gap-6">
        <Name id={id} label={label} hint={hint} />
        <Segments labelledBy={id} describedBy={hint && hintOf(id)} {...rest} />
      </div>
    </div>
  );
}

const hintOf = (id: string): string => `${id}-hint`;

function Name({ id, label, hint }: Named & { id: string }): ReactNode {
  return (
    <div className="min-w-0">
      <p id={id} className="font-medium">
        {label}
      </p>
      {hint && (
        <p id={hintOf(id)} className="max-w-prose text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
