import { useEffect } from 'react';
import { CallRow } from '../../calls/call-row.tsx';
import { describeError } from '../../describe-error.ts';
import { firstCallSeen } from '../../keys/first-call-seen.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { countWords } from '../../parts/figure-words.ts';
import { useConsole } from '../../shell/console-context.ts';
import type { Activity } from './use-activity.ts';

export function CallList({ activity }: { activity: Activity }) {
  const { calls, hasMore, isFetching, showMore, error } = activity;
  const seen = firstCallSeen(useConsole());
  useEffect(() => seen.set(true), [seen]);
  return (
    <>
      <ul aria-label="Calls" className="divide-y divide-line">
        {calls.map((call) => (
          <CallRow key={`${call.time} ${call.requestId}`} call={call} keyPath={`/keys/${call.keyId}`} />
        ))}
      </ul>
      <div className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3 sm:px-5">
        <p role="status" className="text-ink-soft text-sm">
          {error === null
            ? `${countWords(calls.length)} ${hasMore ? 'newest calls' : calls.length === 1 ? 'call' : 'calls'}`
            : `Older calls could not be loaded. ${describeError(error).message}`}
        </p>
        {hasMore && (
          <Button size="small" onClick={showMore} busy={isFetching}>
            Show older calls
          </Button>
        )}
      </div>
    </>
  );
}
