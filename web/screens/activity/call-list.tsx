import { useEffect } from 'react';
import { CallRow } from '../../calls/call-row.tsx';
import { describeError } from '../../describe-error.ts';
import { firstCallSeen } from '../../keys/first-call-seen.ts';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { useConsole } from '../../shell/console-context.ts';
import type { Activity } from './use-activity.ts';

export function CallList({ activity }: { activity: Activity }) {
  const { calls, hasMore, isFetching, showMore, error } = activity;
  const seen = firstCallSeen(useConsole());
  useEffect(() => seen.set(true), [seen]);
  return (
    <>
      <ul aria-label={t('Calls')} className="divide-y divide-line">
        {calls.map((call) => (
          <CallRow key={`${call.time} ${call.requestId}`} call={call} keyPath={`/keys/${call.keyId}`} />
        ))}
      </ul>
      <div className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3 sm:px-5">
        <p role="status" className="text-ink-soft text-sm">
          {error === null
            ? hasMore
              ? t('{count, number} newest calls', { count: calls.length })
              : t('{count, plural, one {# call} other {# calls}}', { count: calls.length })
            : `${t('Older calls could not be loaded.')} ${describeError(error).message}`}
        </p>
        {hasMore && (
          <Button size="small" onClick={showMore} busy={isFetching}>
            {t('Show older calls')}
          </Button>
        )}
      </div>
    </>
  );
}
