import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CloseIcon } from './icons.tsx';

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  closeLabel: string;
  children: ReactNode;
};

export function Dialog({ open, onClose, title, description, closeLabel, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-caption/60 backdrop-blur-[2px]" />
        <Radix.Content
          {...(!description && { 'aria-describedby': undefined })}
          className="fixed inset-x-4 bottom-4 z-50 mx-auto max-h-[85dvh] max-w-md animate-rise overflow-y-auto rounded-3xl bg-surface p-6 shadow-card sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2 sm:p-8"
        >
          <Radix.Title className="pr-10 font-display text-2xl leading-snug">{title}</Radix.Title>
          {description && <Radix.Description className="mt-2 text-ink-soft">{description}</Radix.Description>}
          <div className="mt-5">{children}</div>
          <Radix.Close asChild>
            <Button look="ghost" size="icon" aria-label={closeLabel} className="absolute top-3 right-3">
              <CloseIcon />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
