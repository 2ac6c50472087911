import type { VrmModel, VrmSummary } from '@fantwin/shared/vrm-models';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CloseIcon, DownIcon, PhoneIcon } from '../ui/icons.tsx';
import { FindingList } from './finding-list.tsx';
import { licenceInWords } from './licence.ts';
import { sizeText } from './size-text.ts';

const states = {
  pending: 'bg-warn-soft text-ink',
  approved: 'bg-surface text-good',
  refused: 'bg-bad-soft text-ink',
} as const;

/** Where an avatar of mine stands with the moderators. */
export function StateBadge({ state }: { state: VrmModel['state'] }) {
  const { t } = useTranslation();
  return (
    <span className={`absolute top-3 left-3 rounded-full px-3 py-1 text-xs font-semibold ${states[state]}`}>
      {t(`studio.avatars.states.${state}`)}
    </span>
  );
}

export function PhoneBadge() {
  const { t } = useTranslation();
  return (
    <p className="flex items-center gap-1.5 text-sm font-medium text-good">
      <PhoneIcon /> {t('studio.avatars.phones')}
    </p>
  );
}

/** To be opened by who wants to know. */
const Fold = ({ title, children }: { title: string; children: ReactNode }) => (
  <details className="group">
    <summary className="flex min-h-11 cursor-pointer list-none items-center gap-1.5 text-sm font-medium text-accent sm:min-h-9 [&::-webkit-details-marker]:hidden">
      <DownIcon className="size-4 shrink-0 -rotate-90 transition group-open:rotate-0" />
      {title}
    </summary>
    {children}
  </details>
);

/** What the file says of itself and what it costs. */
export function AvatarFacts({ summary }: { summary: VrmSummary }) {
  const { t } = useTranslation();
  const { findings } = summary;
  return (
    <div>
      <Fold title={t('studio.avatars.licence')}>
        <Licence summary={summary} />
      </Fold>
      <Fold title={t('studio.avatars.size')}>
        <Budget summary={summary} />
      </Fold>
      {findings.length > 0 && (
        <Fold title={t('studio.avatars.warnings', { count: findings.length })}>
          <FindingList findings={findings} />
        </Fold>
      )}
    </div>
  );
}

/** What the author of a model allows, line by line. */
export function Licence({ summary }: { summary: VrmSummary }) {
  const { t } = useTranslation();
  return (
    <ul className="mb-3 grid gap-1 text-sm">
      {licenceInWords(summary.licence).map(({ says, allows }) => (
        <li key={says} className="flex items-start gap-2">
          {allows ? (
            <CheckIcon className="mt-1 size-4 shrink-0 text-good" />
          ) : (
            <CloseIcon className="mt-1 size-4 shrink-0 text-ink-soft" />
          )}
          {t(`studio.licence.${says}`)}
        </li>
      ))}
    </ul>
  );
}

/** What a model costs download, memory and frames. */
export function Budget({ summary: { budget, version } }: { summary: VrmSummary }) {
  const { t, i18n } = useTranslation();
  const count = (value: number) => value.toLocaleString(i18n.language);
  const size = (bytes: number) => sizeText(bytes, i18n.language);
  const rows = [
    ['file', size(budget.bytes)],
    ['version', `VRM ${version}`],
    ['triangles', count(budget.triangles)],
    ['materials', count(budget.materials)],
    ['joints', count(budget.joints)],
    ['morphs', count(budget.morphs)],
    ['textures', `${count(budget.textures)} · ${size(budget.textureBytes)}`],
    ['pixels', `${count(budget.texturePixelsMax)} px`],
  ] as const;
  return (
    <dl className="mb-3 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{t(`studio.budget.${name}`)}</dt>
          <dd className="text-right tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
