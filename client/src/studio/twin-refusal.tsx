import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { toRequestError } from '../net/request-error.ts';
import { Refusal } from './refusal.tsx';
import { textFields } from './twin-values.ts';

const Details = z.object({ field: z.enum(textFields) });

/** Why a twin was not taken. Where it is for one field, that field is named. */
export function TwinRefusal({ error, what }: { error: unknown; what?: string }) {
  const { t } = useTranslation();
  if (!error) return null;
  const { code, details } = toRequestError(error);
  const field = code === 'blocked' ? Details.safeParse(details).data?.field : undefined;
  if (!field) return <Refusal error={error} what={what} />;
  return (
    <p role="alert" className="rounded-2xl bg-bad-soft px-4 py-3">
      {t('studio.faults.blocked', { field: t(`studio.fields.${field}`) })}
    </p>
  );
}
