import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { CheckIcon, CopyIcon } from '../ui/icons.tsx';

const TOLD_MS = 2_500;

/** An address to be copied. Where the browser forbids that, it is selected, and the person is told how. */
export function CopyField({ label, hint, value }: { label: string; hint?: string; value: string }) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<'copied' | 'selected'>();

  async function copy(): Promise<void> {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setTold('copied');
    } catch {
      setTold('selected'); // by plain HTTP from another machine there is no clipboard
    }
    setTimeout(() => setTold(undefined), TOLD_MS);
  }

  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          aria-describedby={`${id}-note`}
          className="min-h-11 min-w-0 flex-1 rounded-xl border border-line bg-sunken px-3.5 text-[0.95rem] text-ellipsis"
        />
        <Button
          look="outline"
          size="icon"
          onClick={() => void copy()}
          aria-label={`${t('studio.share.copy')}: ${label}`}
          title={t('studio.share.copy')}
        >
          {told === 'copied' ? <CheckIcon /> : <CopyIcon />}
        </Button>
      </div>
      <p id={`${id}-note`} role="status" className="text-sm text-ink-soft">
        {told ? t(`studio.share.${told}`) : hint}
      </p>
    </div>
  );
}
