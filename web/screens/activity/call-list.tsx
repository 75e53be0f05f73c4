import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { describeError } from '../../describe-error.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { countWords, dollarWords } from '../../parts/figure-words.ts';
import { secondWords } from '../../time-words.ts';
import { CallDetails } from './call-details.tsx';
import { outcomeOf } from './call-words.ts';
import type { Activity, LoggedRequest } from './use-activity.ts';

export function CallList({ activity }: { activity: Activity }) {
  const { calls, hasMore, isFetching, showMore, error } = activity;
  return (
    <>
      <ul aria-label="Calls" className="divide-y divide-line">
        {calls.map((call) => (
          <CallRow key={`${call.time} ${call.requestId}`} call={call} />
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

function CallRow({ call }: { call: LoggedRequest }) {
  const outcome = outcomeOf(call);
  const tokens = call.inputTokens + call.outputTokens + call.cachedTokens;
  return (
    <li>
      <Collapsible.Root>
        <Collapsible.Trigger className="group flex w-full items-center gap-x-3 px-4 py-2.5 text-left -outline-offset-2 transition-colors hover:bg-sunken/70 sm:px-5 touch:min-h-11">
          <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 md:grid-cols-[10rem_7rem_minmax(0,1fr)_minmax(0,1fr)_7rem_6rem]">
            <span className="whitespace-nowrap text-sm tabular-nums">
              <time dateTime={call.time}>{secondWords(call.time)}</time>
            </span>
            <span className="justify-self-end md:justify-self-start">
              <Badge tone={outcome.tone}>
                {outcome.word}
                {call.count > 1 && ` × ${countWords(call.count)}`}
              </Badge>
            </span>
            <span className="min-w-0 truncate font-mono text-sm">
              {call.model ?? call.code ?? 'no model'}
            </span>
            <span className="min-w-0 justify-self-end truncate text-ink-soft text-sm md:justify-self-start">
              {call.keyName ?? 'Ended key'}
            </span>
            <span className="text-ink-soft text-sm tabular-nums max-md:hidden md:text-right">
              {tokens > 0 && `${countWords(tokens)} tokens`}
            </span>
            <span className="text-sm tabular-nums max-md:hidden md:text-right">
              {call.cost > 0 && dollarWords(call.cost)}
            </span>
          </span>
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
          />
        </Collapsible.Trigger>
        <Collapsible.Panel className="border-line border-t bg-canvas px-4 py-4 sm:px-5">
          <CallDetails call={call} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}
