import type { Finding } from '@fantwin/shared/vrm-models';
import { useFindingText } from '../i18n/use-finding-text.ts';
import { CloseIcon, WarnIcon } from '../ui/icons.tsx';

/** What a scan found, and where in the file. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const findingText = useFindingText();
  return (
    <ul className="mb-3 grid gap-2.5 text-sm">
      {findings.map((finding) => {
        const { text, original } = findingText(finding);
        return (
          <li key={`${finding.code} ${finding.pointer} ${finding.message}`} className="flex items-start gap-2">
            {finding.level === 'error' ? (
              <CloseIcon className="mt-0.5 size-4.5 shrink-0 text-bad" />
            ) : (
              <WarnIcon className="mt-0.5 size-4.5 shrink-0 text-warn" />
            )}
            <span className="min-w-0">
              {text}
              {original && (
                <span lang="en" className="block text-ink-soft">
                  {original}
                </span>
              )}
              {finding.pointer && <code className="block text-ink-soft">{finding.pointer}</code>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
