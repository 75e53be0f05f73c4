import type { ReactNode } from 'react';
import { CopyButton } from '../parts/buttons/copy-button.tsx';
import { TextLink } from '../parts/buttons/text-link.tsx';
import { countWords, dollarWords, tookWords } from '../parts/figure-words.ts';
import { WordsWithCode } from '../parts/words-with-code.tsx';
import { useErrorWords } from '../shell/use-error-words.ts';
import { chargeWords } from './call-words.ts';
import type { LoggedRequest } from './logged-request.ts';

interface CallDetailsProps {
  call: LoggedRequest;
  keyPath: string | undefined;
}

export function CallDetails({ call, keyPath }: CallDetailsProps) {
  const { code, count, status, route, model, keyName, requestId, mark } = call;
  return (
    <div className="flex flex-col gap-4">
      {code !== null && <Reason code={code} />}
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        <Detail label="Status">{code === null ? status : `${status} ${code}`}</Detail>
        {count > 1 && (
          <Detail label="Refused within a minute">
            {count > 8 ? 'At least ' : ''}
            {countWords(count)} times
          </Detail>
        )}
        <Detail label="Route">
          <code className="wrap-anywhere font-mono text-sm">{route ?? 'unknown'}</code>
        </Detail>
        <Detail label="Model">
          {model === null ? (
            'None: it was refused before that'
          ) : (
            <code className="font-mono text-sm">{model}</code>
          )}
        </Detail>
        <Detail label="Key">
          {keyName === null || keyPath === undefined ? (
            (keyName ?? 'Ended key')
          ) : (
            <TextLink to={keyPath}>{keyName}</TextLink>
          )}
        </Detail>
        {call.firstTokenMs !== null && (
          <Detail label="First token after">{tookWords(call.firstTokenMs)}</Detail>
        )}
        {call.totalMs !== null && <Detail label="Ended after">{tookWords(call.totalMs)}</Detail>}
        {mark !== 'refused' && mark !== 'refunded' && (
          <>
            <Detail label="Tokens in">
              {countWords(call.inputTokens)}
              {call.cachedTokens > 0 && `, and ${countWords(call.cachedTokens)} from the cache`}
            </Detail>
            <Detail label="Tokens out">{countWords(call.outputTokens)}</Detail>
            <Detail label="Cost">{dollarWords(call.cost)}</Detail>
          </>
        )}
        <Detail label="Charge">{chargeWords(call)}</Detail>
        <Detail label={count > 1 ? 'Request ID of the first' : 'Request ID'}>
          <span className="flex min-w-0 items-center gap-1">
            <code className="wrap-anywhere min-w-0 font-mono text-sm">{requestId}</code>
            <CopyButton text={requestId} label="Copy request ID" />
          </span>
        </Detail>
      </dl>
    </div>
  );
}

/** What the code means and what to do, the first paragraph of what the API reference says. */
function Reason({ code }: { code: string }) {
  const [words] = useErrorWords()?.get(code)?.split('\n\n') ?? [];
  return (
    <p className="max-w-3xl text-ink-soft">
      {words === undefined ? (
        <code className="font-mono text-sm">{code}</code>
      ) : (
        <WordsWithCode text={words} />
      )}{' '}
      <TextLink to={`/docs/errors#${code}`}>More about this error</TextLink>
    </p>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-faint text-sm">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
