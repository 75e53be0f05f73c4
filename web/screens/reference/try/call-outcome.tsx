import { useState } from 'react';
import { describeError } from '../../../describe-error.ts';
import { tookWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Badge, type BadgeTone } from '../../../parts/badge.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { readableText, shownHeaders } from './answer-text.ts';
import { eventCount, streamedText } from './streamed-text.ts';
import type { Call, CallAnswer } from './use-call.ts';

/** Status, headers and body; a stream is shown as it arrives. */
export function CallOutcome({ call: { answer, error, isRunning } }: { call: Call }) {
  return (
    <>
      {answer !== undefined && <AnswerView answer={answer} isRunning={isRunning} />}
      {error !== undefined && (
        <Alert tone="danger" title={answer === undefined ? t('No answer') : t('The answer was cut off')}>
          {describeError(error).message}
        </Alert>
      )}
    </>
  );
}

function AnswerView({ answer, isRunning }: { answer: CallAnswer; isRunning: boolean }) {
  const { status, statusText, headers, tookMs, text, isWhole } = answer;
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
  return (
    <section aria-label={t('Answer')} className="flex min-w-0 flex-col gap-3">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={toneOf(status)}>
          {status} {statusText}
        </Badge>
        <span className="text-ink-soft text-sm">
          {t('{progress}, first byte after {time}', {
            progress: progressWords(isWhole, isRunning),
            time: tookWords(tookMs),
          })}
        </span>
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-xs">
        {shownHeaders(headers).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {text !== '' && (isStream ? <StreamView text={text} /> : <BodyView text={text} isWhole={isWhole} />)}
    </section>
  );
}

function BodyView({ text, isWhole }: { text: string; isWhole: boolean }) {
  const body = isWhole ? readableText(text) : { text, language: 'text' as const };
  return <CodeBlock label={t('body')} code={body.text} copied={text} language={body.language} wrap />;
}

/** What the model says, put together, above the events that it comes in. */
function StreamView({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const assembled = streamedText(text);
  return (
    <>
      {assembled !== undefined && <CodeBlock label={t('Text')} code={assembled} language="text" wrap />}
      <Disclosure
        title={t('Events')}
        summary={t('{count, plural, one {# event} other {# events}}', { count: eventCount(text) })}
        open={open}
        onOpenChange={setOpen}
      >
        {/* Drawing them with each token would cost more than the call. */}
        {open && <CodeBlock label={t('Events')} code={text} language="text" wrap />}
      </Disclosure>
    </>
  );
}

function progressWords(isWhole: boolean, isRunning: boolean): string {
  if (isWhole) return t('answered');
  return isRunning ? t('answering') : t('cut short');
}

function toneOf(status: number): BadgeTone {
  if (status < 300) return 'success';
  return status < 500 ? 'warning' : 'danger';
}
