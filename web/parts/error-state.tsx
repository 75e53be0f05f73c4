import { CircleAlert, RotateCw, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '../describe-error.ts';
import { T } from '../language/rich-text.tsx';
import { t } from '../language/t.ts';
import { Button } from './buttons/button.tsx';
import { CopyButton } from './buttons/copy-button.tsx';

interface ErrorStateProps {
  error: unknown;
  /** What failed: "Your keys could not be loaded". */
  title: string;
  onRetry?: () => void;
  busy?: boolean;
  /** Something else to do than trying again. */
  action?: ReactNode;
}

/** In place of what could not be shown: what happened, what to do next, and the request ID for support. */
export function ErrorState({ error, title, onRetry, busy = false, action }: ErrorStateProps) {
  const { message, requestId, isNetwork } = describeError(error);
  const Icon = isNetwork ? WifiOff : CircleAlert;
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-12 text-center sm:py-16">
      <span className="flex size-11 items-center justify-center rounded-lg bg-danger-soft text-danger">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="mt-4 font-semibold text-lg tracking-tight">{title}</h2>
      <p className="mt-1 max-w-md text-balance text-ink-soft">{message}</p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {onRetry !== undefined && (
          <Button onClick={onRetry} busy={busy} icon={<RotateCw aria-hidden />}>
            {t('Try again')}
          </Button>
        )}
        {action}
      </div>
      {requestId !== undefined && (
        <p className="mt-4 flex max-w-full items-center gap-1 text-ink-faint text-sm">
          <span className="min-w-0 truncate">
            <T text="Request {code}" code={<code className="font-mono text-xs">{requestId}</code>} />
          </span>
          <CopyButton text={requestId} label={t('Copy request ID')} />
        </p>
      )}
    </div>
  );
}
