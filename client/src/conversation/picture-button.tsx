import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { warn } from '../log.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CameraIcon } from '../ui/icons.tsx';
import { toast } from '../ui/toaster.tsx';
import { drawPicture, pictureName } from './picture.ts';

/** Where the link's file is read before the address ends. */
const SAVED_MS = 10_000;

const canShare = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;

/** The twin as it is right now, as a file: saved at once, or shown first where it can also be shared. */
export function PictureButton({ name, take }: { name: string; take: () => Promise<Blob> }) {
  const { t, i18n } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<{ file: File; url: string }>();
  useEffect(() => (taken ? () => URL.revokeObjectURL(taken.url) : undefined), [taken]);

  async function press(): Promise<void> {
    setBusy(true);
    try {
      const at = new Date();
      const date = at.toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
      const picture = await drawPicture(await take(), { name, mark: t('conversation.ai'), date });
      const file = new File([picture], pictureName(name, at), { type: 'image/png' });
      if (canShare(file)) setTaken({ file, url: URL.createObjectURL(file) });
      else keep(file);
    } catch (error) {
      warn('no picture', error);
      toast(t('conversation.pictureFailed'), 'bad');
    } finally {
      setBusy(false);
    }
  }

  function keep(file: File): void {
    save(file);
    setTaken(undefined);
    toast(t('conversation.pictureSaved'));
  }

  async function share(file: File): Promise<void> {
    try {
      await navigator.share({ files: [file], title: name });
      setTaken(undefined);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) toast(t('conversation.shareFailed'), 'bad');
    }
  }

  return (
    <>
      <button
        type="button"
        disabled={busy}
        aria-busy={busy}
        title={t('conversation.picture')}
        aria-label={t('conversation.picture')}
        onClick={() => void press()}
        className="grid size-11 place-items-center rounded-full bg-surface/85 text-sm text-ink backdrop-blur hover:bg-surface"
      >
        <CameraIcon />
      </button>
      {taken && (
        <Dialog open onClose={() => setTaken(undefined)} title={t('conversation.picture')} closeLabel={t('app.close')}>
          <img
            src={taken.url}
            alt={t('conversation.stage', { name })}
            className="mx-auto max-h-[50dvh] rounded-2xl border border-line"
          />
          <div className="mt-5 flex flex-wrap gap-2">
            <Button onClick={() => void share(taken.file)}>{t('conversation.share')}</Button>
            <Button look="outline" onClick={() => keep(taken.file)}>
              {t('conversation.save')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function save(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), SAVED_MS);
}
