import { type InputHTMLAttributes, useId } from 'react';

type Props = InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: string; error?: string };

export function Field({ label, hint, error, className = '', ...input }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`grid gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="min-h-11 w-full rounded-xl border border-line-strong bg-surface px-3.5 text-base placeholder:text-ink-soft aria-invalid:border-bad"
        {...input}
      />
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={`text-sm ${error ? 'text-bad' : 'text-ink-soft'}`}
        >
          {note}
        </p>
      )}
    </div>
  );
}
