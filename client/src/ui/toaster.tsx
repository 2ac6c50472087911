import { Toast as Radix } from 'radix-ui';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { CloseIcon } from './icons.tsx';

type Toast = { id: number; text: string; tone: 'plain' | 'warn' | 'bad' };

const TOASTS_MAX = 4;
const SHOWN_MS = 7_000;
const useToasts = create<{ toasts: readonly Toast[]; next: number }>(() => ({ toasts: [], next: 1 }));

/** Says something once, from anywhere. */
export function toast(text: string, tone: Toast['tone'] = 'plain'): void {
  useToasts.setState(({ toasts, next }) => ({
    toasts: [...toasts, { id: next, text, tone }].slice(-TOASTS_MAX),
    next: next + 1,
  }));
}

const dismiss = (id: number) =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }));

const tones = {
  plain: 'bg-surface text-ink border-line',
  warn: 'bg-warn-soft text-ink border-warn/40',
  bad: 'bg-bad-soft text-ink border-bad/40',
} as const;

export function Toaster({ label, closeLabel }: { label: string; closeLabel: string }) {
  const toasts = useToasts((state) => state.toasts);
  return (
    <Radix.Provider duration={SHOWN_MS} label={label} swipeDirection="up">
      {toasts.map(({ id, text, tone }) => (
        <Radix.Root
          key={id}
          onOpenChange={(open) => !open && dismiss(id)}
          className={`flex animate-rise items-center gap-2 rounded-2xl border py-1.5 pr-1.5 pl-4 shadow-card ${tones[tone]}`}
        >
          <Radix.Description className="flex-1 text-[0.95rem]">{text}</Radix.Description>
          <Radix.Close asChild>
            <Button look="ghost" size="icon" aria-label={closeLabel}>
              <CloseIcon />
            </Button>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={`${label} ({hotkey})`}
        className="fixed inset-x-4 top-4 z-60 mx-auto grid max-w-md list-none gap-2 outline-none"
      />
    </Radix.Provider>
  );
}
