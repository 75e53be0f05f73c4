import type { ReactNode } from 'react';
import { countWords, dollarWords, tookWords } from '../language/number-words.ts';
import { isEnglish, t } from '../language/t.ts';
import { CopyButton } from '../parts/buttons/copy-button.tsx';
import { TextLink } from '../parts/buttons/text-link.tsx';
import { WordsWithCode } from '../parts/words-with-code.tsx';
import { refusalSentences } from '../refusal-sentences.ts';
import { useErrorEntries } from '../shell/use-error-entries.ts';
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
        <Detail label={t('Status')}>{code === null ? status : `${status} ${code}`}</Detail>
        {count > 1 && (
          <Detail label={t('Refused within a minute')}>
            {count > 8
              ? t('At least {count, number} times', { count })
              : t('{count, number} times', { count })}
          </Detail>
        )}
        <Detail label={t('Route')}>
          <code className="wrap-anywhere font-mono text-sm">{route ?? t('unknown')}</code>
        </Detail>
        <Detail label={t('Model')}>
          {model === null ? (
            t('None: it was refused before that')
          ) : (
            <code className="font-mono text-sm">{model}</code>
          )}
        </Detail>
        <Detail label={t('Key')}>
          {keyName === null || keyPath === undefined ? (
            (keyName ?? t('Ended key'))
          ) : (
            <TextLink to={keyPath}>{keyName}</TextLink>
          )}
        </Detail>
        {call.firstTokenMs !== null && (
          <Detail label={t('First token after')}>{tookWords(call.firstTokenMs)}</Detail>
        )}
        {call.totalMs !== null && <Detail label={t('Ended after')}>{tookWords(call.totalMs)}</Detail>}
        {mark !== 'refused' && mark !== 'refunded' && (
          <>
            <Detail label={t('Tokens in')}>
              {call.cachedTokens > 0
                ? t('{count, number}, and {cached, number} from the cache', {
                    count: call.inputTokens,
                    cached: call.cachedTokens,
                  })
                : countWords(call.inputTokens)}
            </Detail>
            <Detail label={t('Tokens out')}>{countWords(call.outputTokens)}</Detail>
            <Detail label={t('Cost')}>{dollarWords(call.cost)}</Detail>
          </>
        )}
        <Detail label={t('Charge')}>{chargeWords(call)}</Detail>
        <Detail label={count > 1 ? t('Request ID of the first') : t('Request ID')}>
          <span className="flex min-w-0 items-center gap-1 sm:-my-1">
            <code className="wrap-anywhere min-w-0 font-mono text-sm">{requestId}</code>
            <CopyButton text={requestId} label={t('Copy request ID')} />
          </span>
        </Detail>
      </dl>
    </div>
  );
}

/** What the code means and what to do: the first paragraph of what the docs say, which are English, or a sentence for it. */
function Reason({ code }: { code: string }) {
  const [words] = useErrorEntries()?.get(code)?.split('\n\n') ?? [];
  const sentence = isEnglish() ? undefined : refusalSentences[code]?.words();
  return (
    <p className="max-w-3xl text-ink-soft">
      {sentence ??
        (words === undefined ? (
          <code className="font-mono text-sm">{code}</code>
        ) : (
          <English text={words} />
        ))}{' '}
      <TextLink to={`/docs/errors#${code}`}>{t('More about this error')}</TextLink>
    </p>
  );
}

const English = ({ text }: { text: string }) => (
  <span lang="en">
    <WordsWithCode text={text} />
  </span>
);

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-faint text-sm">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
