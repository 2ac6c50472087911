import { REASON_MAX_CHARS } from '@fantwin/shared/limits';
import { VrmDecision, type VrmToReview } from '@fantwin/shared/vrm-models';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../i18n/use-error-text.ts';
import { toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { toast } from '../ui/toaster.tsx';
import { useDecide } from './use-reviews.ts';

const ready = ['rights', 'unfit', 'broken'] as const;

/** Yes, or no with a reason that the uploader reads. */
export function Decision({ model: { id, summary, ownerName } }: { model: VrmToReview }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { name } = summary;
  const decide = useDecide(id, ({ approved }) => toast(t(approved ? 'review.approved' : 'review.refused', { name })));
  const [refusing, setRefusing] = useState(false);

  return (
    <div className="mt-6 grid gap-4 border-t border-line pt-5">
      {refusing ? (
        <RefusalForm
          ownerName={ownerName}
          busy={decide.isPending}
          onRefuse={(reason) => decide.mutate({ approved: false, reason })}
          onBack={() => setRefusing(false)}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button busy={decide.isPending} onClick={() => decide.mutate({ approved: true })}>
            <CheckIcon /> {t('review.approve')}
          </Button>
          <Button look="outline" disabled={decide.isPending} onClick={() => setRefusing(true)}>
            {t('review.refuse')}
          </Button>
        </div>
      )}
      {decide.error && (
        <p role="alert" className="text-bad">
          {errorText(toRequestError(decide.error))}
        </p>
      )}
    </div>
  );
}

type FormProps = { ownerName: string; busy: boolean; onRefuse: (reason: string) => void; onBack: () => void };

function RefusalForm({ ownerName, busy, onRefuse, onBack }: FormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const decision = VrmDecision.safeParse({ approved: false, reason });
    setMissing(!decision.success);
    if (decision.success && !decision.data.approved) onRefuse(decision.data.reason);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div role="group" aria-label={t('review.ready')} className="flex flex-wrap gap-2">
        {ready.map((key) => (
          <Button key={key} look="soft" size="small" onClick={() => setReason(t(`review.reasons.${key}`))}>
            {t(`review.reasonNames.${key}`)}
          </Button>
        ))}
      </div>
      <TextArea
        label={t('review.reason')}
        hint={t('review.reasonHint', { name: ownerName })}
        error={missing && reason.trim() === '' ? t('review.reasonMissing') : undefined}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={REASON_MAX_CHARS}
        rows={3}
        required
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          {t('review.refuseNow')}
        </Button>
        <Button look="ghost" disabled={busy} onClick={onBack}>
          {t('review.back')}
        </Button>
      </div>
    </form>
  );
}
