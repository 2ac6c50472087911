import { VRM_MAX_BYTES } from '@fantwin/shared/limits';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { UploadIcon } from '../ui/icons.tsx';
import { sizeText } from './size-text.ts';
import { UploadResult } from './upload-result.tsx';
import { type FileFault, fileFault, useAvatarUpload } from './use-avatar-upload.ts';

const MEGABYTE = 1024 * 1024;

/** A file of one's own becomes an avatar: pick or drop it, say that one may, send it. */
export function UploadPanel() {
  const { t } = useTranslation();
  const { phase, send, cancel, rest } = useAvatarUpload();
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState<FileFault>();
  const [confirmed, setConfirmed] = useState(false);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useNoOtherDrop();
  const sending = phase.is === 'sending' || phase.is === 'portrait';

  function pick(picked: File | undefined): void {
    if (!picked || sending) return;
    const found = fileFault(picked);
    setFault(found);
    setFile(found ? undefined : picked);
    setConfirmed(false);
    rest();
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    pick(event.dataTransfer.files[0]);
  }

  return (
    <section
      aria-labelledby="upload"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`grid gap-5 rounded-3xl border-2 border-dashed p-5 transition sm:p-8 ${over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'}`}
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
        <UploadIcon className="size-10 shrink-0 text-accent max-sm:hidden" />
        <div className="min-w-56 flex-1">
          <h2 id="upload" className="text-lg font-semibold">
            {t('studio.upload.title')}
          </h2>
          <p className="text-ink-soft">{t('studio.upload.lead', { megabytes: VRM_MAX_BYTES / MEGABYTE })}</p>
        </div>
        <input
          ref={input}
          type="file"
          accept=".vrm,.glb,model/gltf-binary"
          tabIndex={-1}
          aria-label={t('studio.upload.pick')}
          className="sr-only"
          onChange={(event) => {
            pick(event.target.files?.[0]);
            event.target.value = ''; // the same file may be picked again, mended
          }}
        />
        <Button look={file ? 'outline' : 'primary'} disabled={sending} onClick={() => input.current?.click()}>
          {t(file ? 'studio.upload.other' : 'studio.upload.pick')}
        </Button>
      </div>
      {fault && (
        <p role="alert" className="text-bad">
          {t(`studio.upload.faults.${fault}`, { megabytes: VRM_MAX_BYTES / MEGABYTE })}
        </p>
      )}
      {file && phase.is !== 'done' && !sending && (
        <Confirm file={file} confirmed={confirmed} onConfirm={setConfirmed} onSend={() => send(file)} />
      )}
      {phase.is === 'sending' && <Sending part={phase.part} onCancel={cancel} />}
      {phase.is === 'portrait' && <p role="status">{t('studio.upload.portrait')}</p>}
      <UploadResult phase={phase} />
    </section>
  );
}

/** A file that misses its place would take the page's place in the browser. */
function useNoOtherDrop(): void {
  useEffect(() => {
    const stay = (event: Event): void => event.preventDefault();
    const names = ['dragover', 'drop'] as const;
    for (const name of names) window.addEventListener(name, stay);
    return () => {
      for (const name of names) window.removeEventListener(name, stay);
    };
  }, []);
}

type ConfirmProps = {
  file: File;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
  onSend: () => void;
};

/** Every fan downloads the file, so its owner has to be asked. */
function Confirm({ file, confirmed, onConfirm, onSend }: ConfirmProps) {
  const { t, i18n } = useTranslation();
  const [asked, setAsked] = useState(false);
  return (
    <div className="grid gap-4 border-t border-line pt-5">
      <p className="font-medium">
        {file.name} <span className="font-normal text-ink-soft">({sizeText(file.size, i18n.language)})</span>
      </p>
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          checked={confirmed}
          onChange={(event) => onConfirm(event.target.checked)}
          required
          aria-invalid={asked && !confirmed ? true : undefined}
          className="mt-1 size-5 shrink-0 accent-accent"
        />
        <span>{t('studio.upload.rights')}</span>
      </label>
      {asked && !confirmed && (
        <p role="alert" className="text-bad">
          {t('studio.upload.rightsMissing')}
        </p>
      )}
      <Button className="justify-self-start" onClick={() => (confirmed ? onSend() : setAsked(true))}>
        {t('studio.upload.send')}
      </Button>
    </div>
  );
}

function Sending({ part, onCancel }: { part: number; onCancel: () => void }) {
  const { t } = useTranslation();
  const percent = Math.round(part * 100);
  const text = part < 1 ? t('studio.upload.sending', { percent }) : t('studio.upload.checking');
  return (
    <div className="flex items-center gap-4">
      <div className="flex-1">
        <div
          role="progressbar"
          aria-label={t('studio.upload.title')}
          aria-valuetext={text}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="h-2 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className={`h-full rounded-full bg-accent transition-[width] ${part < 1 ? '' : 'animate-breathe'}`}
            style={{ width: `${percent}%` }}
          />
        </div>
        <p className="mt-2 text-sm text-ink-soft">{text}</p>
      </div>
      <Button look="outline" size="small" onClick={onCancel}>
        {t('studio.upload.cancel')}
      </Button>
    </div>
  );
}
