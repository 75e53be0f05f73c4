import { describeError } from '../../../describe-error.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Badge, type BadgeTone } from '../../../parts/badge.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { tookWords } from '../../../parts/figure-words.ts';
import { readableText, shownHeaders } from './answer-text.ts';
import type { Call, CallAnswer } from './use-call.ts';

/** Status, headers and body; a stream is shown as it arrives. */
export function CallOutcome({ call: { answer, error, isRunning } }: { call: Call }) {
  return (
    <>
      {answer !== undefined && <AnswerView answer={answer} isRunning={isRunning} />}
      {error !== undefined && (
        <Alert tone="danger" title={answer === undefined ? 'No answer' : 'The answer was cut off'}>
          {describeError(error).message}
        </Alert>
      )}
    </>
  );
}

function AnswerView({ answer, isRunning }: { answer: CallAnswer; isRunning: boolean }) {
  const { status, statusText, headers, tookMs, text, isWhole } = answer;
  const body = isWhole ? readableText(text) : { text, language: 'text' as const };
  return (
    <section aria-label="Answer" className="flex min-w-0 flex-col gap-3">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={toneOf(status)}>
          {status} {statusText}
        </Badge>
        <span className="text-ink-soft text-sm">
          {progressWords(isWhole, isRunning)}, first byte after {tookWords(tookMs)}
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
      {text !== '' && <CodeBlock label="body" code={body.text} copied={text} language={body.language} wrap />}
    </section>
  );
}

function progressWords(isWhole: boolean, isRunning: boolean): string {
  if (isWhole) return 'answered';
  return isRunning ? 'answering' : 'cut short';
}

function toneOf(status: number): BadgeTone {
  if (status < 300) return 'success';
  return status < 500 ? 'warning' : 'danger';
}
