import { CircleCheck, LoaderCircle } from 'lucide-react';
import type { Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';

/** Whether calls with a key work yet: API Gateway refuses a new key until it has spread it. */
export function ActivationNote({ status }: Pick<Key, 'status'>) {
  return (
    <p role="status" className="flex items-start gap-2 text-ink-soft">
      {status === 'activating' ? (
        <>
          <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin text-warning" />
          <span>
            <strong className="font-medium text-ink">{t('Activating.')}</strong>{' '}
            {t('It can take a minute for the key to work everywhere. Until then, calls may be refused.')}
          </span>
        </>
      ) : (
        <>
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
          <span>
            <strong className="font-medium text-ink">{t('Active.')}</strong> {t('The key works now.')}
          </span>
        </>
      )}
    </p>
  );
}
