import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Dialog } from '../ui/dialog.tsx';
import { GuestForm } from './guest-form.tsx';

/** Asks a stranger for a name, at the moment when one is needed. */
export function NameDialog({ open, onClose, onDone }: { open: boolean; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('account.nameDialog')}
      description={t('account.nameDialogHint')}
      closeLabel={t('app.close')}
    >
      <GuestForm submitLabel={t('account.enter')} onDone={onDone} />
      <p className="mt-4 text-center text-sm">
        <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`} className="text-accent underline underline-offset-4">
          {t('account.haveAccount')}
        </Link>
      </p>
    </Dialog>
  );
}
