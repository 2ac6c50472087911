import { type TextareaHTMLAttributes, useId } from 'react';

type Props = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string;
  hint?: string;
  error?: string;
  /** At the right below it, such as how much room is left. */
  counter?: string;
};

/** Several lines of text; it grows with what is written. */
export function TextArea({ label, hint, error, counter, className = '', ...area }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`grid gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note ${id}-counter`}
        className="field-sizing-content max-h-96 w-full resize-y rounded-xl border border-line-strong bg-surface px-3.5 py-2.5 text-base leading-normal placeholder:text-ink-soft aria-invalid:border-bad"
        {...area}
      />
      <div className="flex justify-between gap-4 text-sm">
        <p id={`${id}-note`} role={error ? 'alert' : undefined} className={error ? 'text-bad' : 'text-ink-soft'}>
          {note}
        </p>
        <p id={`${id}-counter`} className="shrink-0 text-ink-soft tabular-nums">
          {counter}
        </p>
      </div>
    </div>
  );
}
