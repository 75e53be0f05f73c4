import { CircleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../language/t.ts';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';

interface NoticeProps {
  title: ReactNode;
  detail?: ReactNode;
  isOffline?: boolean;
  requestId?: string | undefined;
  /** Buttons. */
  children: ReactNode;
}

/** At the end of a conversation. Not a live region: a countdown in it would be read out every second. */
export function Notice({ title, detail, isOffline = false, requestId, children }: NoticeProps) {
  const Icon = isOffline ? WifiOff : CircleAlert;
  return (
    <div className="mb-6 flex gap-2.5 rounded-lg bg-danger-soft px-3.5 py-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {detail !== undefined && <p className="text-ink-soft">{detail}</p>}
        <div className="mt-2.5 flex flex-wrap gap-2">{children}</div>
        {requestId !== undefined && (
          <p className="mt-2 flex flex-wrap items-center gap-1 text-ink-faint text-xs">
            <span>
              {t('Request')} <code className="wrap-anywhere font-mono">{requestId}</code>
            </span>
            <CopyButton text={requestId} label={t('Copy request id')} />
          </p>
        )}
      </div>
    </div>
  );
}
