import { Collapsible } from '@base-ui/react/collapsible';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { countWords, dollarWords } from '../language/number-words.ts';
import { t } from '../language/t.ts';
import { recentSecondWords, secondWords } from '../language/time-words.ts';
import { Badge } from '../parts/badge.tsx';
import { CallDetails } from './call-details.tsx';
import { outcomeOf } from './call-words.ts';
import type { LoggedRequest } from './logged-request.ts';

interface CallRowProps {
  call: LoggedRequest;
  /** Of the page of the call's key; undefined where the key is another user's. */
  keyPath: string | undefined;
  /** `narrow`: on two lines, however wide the window is. */
  look?: 'full' | 'narrow';
}

export function CallRow({ call, keyPath, look = 'full' }: CallRowProps) {
  const isFull = look === 'full';
  const outcome = outcomeOf(call);
  const tokens = call.inputTokens + call.outputTokens + call.cachedTokens;
  return (
    <li>
      <Collapsible.Root>
        <Collapsible.Trigger className="group flex w-full items-center gap-x-3 px-4 py-2.5 text-left -outline-offset-2 transition-colors hover:bg-sunken/70 sm:px-5 touch:min-h-11">
          <span
            className={clsx(
              'grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5',
              isFull && 'md:grid-cols-[11rem_7rem_minmax(0,1fr)_minmax(0,1fr)_7rem_6rem]',
            )}
          >
            <span className="whitespace-nowrap text-sm tabular-nums">
              <time dateTime={call.time} title={secondWords(call.time)}>
                {recentSecondWords(call.time)}
              </time>
            </span>
            <span className={clsx('justify-self-end', isFull && 'md:justify-self-start')}>
              <Badge tone={outcome.tone}>
                {outcome.word}
                {call.count > 1 && ` × ${countWords(call.count)}`}
              </Badge>
            </span>
            <span className="min-w-0 truncate font-mono text-sm">
              {(isFull ? (call.model ?? call.code) : (call.code ?? call.model)) ?? t('no model')}
            </span>
            {isFull && (
              <>
                <span className="min-w-0 justify-self-end truncate text-ink-soft text-sm md:justify-self-start">
                  {call.keyName ?? t('Ended key')}
                </span>
                <span className="text-ink-soft text-sm tabular-nums max-md:hidden md:text-right">
                  {tokens > 0 && t('{count, plural, one {# token} other {# tokens}}', { count: tokens })}
                </span>
                <span className="text-sm tabular-nums max-md:hidden md:text-right">
                  {call.cost > 0 && dollarWords(call.cost)}
                </span>
              </>
            )}
          </span>
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
          />
        </Collapsible.Trigger>
        <Collapsible.Panel className="border-line border-t bg-canvas px-4 py-4 sm:px-5">
          <CallDetails call={call} keyPath={keyPath} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}
