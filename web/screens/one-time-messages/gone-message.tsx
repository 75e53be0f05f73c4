import { Flame } from 'lucide-react';
import { ApiError } from '../../api-error.ts';
import { t } from '../../language/t.ts';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';

export const isGone = (error: unknown): boolean => error instanceof ApiError && error.code === 'not_found';

export function GoneMessage() {
  return (
    <>
      <DocumentTitle>{t('Message gone')}</DocumentTitle>
      <h1 className="sr-only">{t('Message gone')}</h1>
      <EmptyState icon={Flame} title={t('This message is gone')}>
        {t(
          'It was opened already, was taken back, or waited too long. If you have not read it, tell whoever sent it: someone else may have.',
        )}
      </EmptyState>
    </>
  );
}
