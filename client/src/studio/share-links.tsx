import type { ConversationId } from '@fantwin/shared/ids';
import { useTranslation } from 'react-i18next';
import { CopyField } from './copy-field.tsx';

/** Where fans find the conversation, and what goes into a streaming program. */
export function ShareLinks({ conversationId }: { conversationId: ConversationId }) {
  const { t } = useTranslation();
  const { origin } = window.location;
  return (
    <div className="grid gap-4">
      <CopyField
        label={t('studio.share.link')}
        hint={t('studio.share.linkHint')}
        value={`${origin}/c/${conversationId}`}
      />
      <CopyField
        label={t('studio.share.overlay')}
        hint={t('studio.share.overlayHint')}
        value={`${origin}/overlay/${conversationId}`}
      />
    </div>
  );
}
