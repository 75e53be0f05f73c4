import { CallRow } from '../../../calls/call-row.tsx';
import { byModel, countCalls, noModel, statisticsOf } from '../../../calls/call-statistics.ts';
import { useRecentCalls } from '../../../calls/use-recent-calls.ts';
import { describeError } from '../../../describe-error.ts';
import type { Key } from '../../../keys/key.ts';
import { dollarWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';

/** One page of the API. */
const most = 100;
const mostRefusals = 5;

/** By model, and what was refused last, from the key's newest calls. */
export function KeyCalls({ of: key }: { of: Key }) {
  const recent = useRecentCalls({ keyId: key.id, most });
  const { calls, isWhole, isCut, isOff, error } = recent;
  if (isOff) return null;
  if (error !== null || !isWhole) {
    return (
      <Card title={t('Newest calls')} padded={error !== null}>
        {error === null ? (
          <LoadingRows label={t('Loading the newest calls')} rows={3} />
        ) : (
          <div className="flex flex-wrap items-center gap-3">
            <p className="text-ink-soft">
              {t('They could not be loaded.')} {describeError(error).message}
            </p>
            <Button size="small" onClick={recent.retry} busy={recent.isFetching}>
              {t('Try again')}
            </Button>
          </div>
        )}
      </Card>
    );
  }
  if (calls.length === 0) return null;
  const refusals = calls.filter(({ code }) => code !== null && code !== 'caller_left').slice(0, mostRefusals);
  const source = isCut
    ? t('Of the newest {count, number} calls and refusals.', { count: most })
    : t('{count, plural, one {Of the only call that is listed.} other {Of the # calls that are listed.}}', {
        count: countCalls(calls),
      });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card
        title={t('By model')}
        description={source}
        actions={<TextLink to={`/activity?key=${key.id}`}>{t('All calls')}</TextLink>}
      >
        <ul className="flex flex-col divide-y divide-line">
          {byModel(calls).map(([model, some]) => {
            const { calls: count, tokens, cost } = statisticsOf(some);
            return (
              <li
                key={model}
                className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2 first:pt-0 last:pb-0"
              >
                {model === noModel ? (
                  <span className="text-ink-soft">{t('Refused before a model was known')}</span>
                ) : (
                  <TextLink to={`/activity?${new URLSearchParams({ key: key.id, model })}`}>{model}</TextLink>
                )}
                <span className="text-ink-soft text-sm tabular-nums">
                  {t('{count, plural, one {# call} other {# calls}}', { count })}
                  {tokens > 0 &&
                    ` · ${t('{count, plural, one {# token} other {# tokens}}', { count: tokens })} · ${dollarWords(cost)}`}
                </span>
              </li>
            );
          })}
        </ul>
      </Card>
      <Card
        title={t('Last refusals')}
        padded={refusals.length === 0}
        actions={<TextLink to={`/activity?key=${key.id}&status=4xx`}>{t('All refusals')}</TextLink>}
      >
        {refusals.length === 0 ? (
          <p className="text-ink-soft">
            {t(
              '{count, plural, one {None: the only call that is listed was not refused.} other {None among the newest # calls.}}',
              { count: countCalls(calls) },
            )}
          </p>
        ) : (
          <ul aria-label={t('Last refusals')} className="divide-y divide-line">
            {refusals.map((call) => (
              <CallRow key={`${call.time} ${call.requestId}`} call={call} keyPath={undefined} look="narrow" />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
