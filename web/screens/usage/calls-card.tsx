import type { ReactNode } from 'react';
import {
  byModel,
  type CallStatistics,
  countCalls,
  noModel,
  type Percentiles,
  statisticsOf,
} from '../../calls/call-statistics.ts';
import { BarChart } from '../../chart/bar-chart.tsx';
import { heightOf } from '../../chart/bars.ts';
import { describeError } from '../../describe-error.ts';
import { countWords, dollarWords, percentWords, tookWords } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { Card } from '../../parts/card.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { ScrollSideways } from '../../parts/tables/scroll-sideways.tsx';
import { metrics } from './metrics.ts';
import { barsByHour } from './usage-bars.ts';
import type { UsageCalls } from './use-usage-calls.ts';
import type { UsageView } from './use-usage-view.ts';

interface CallsCardProps {
  view: UsageView;
  calls: UsageCalls;
}

/** What single calls answer: success, latency, models, and the hours of today. */
export function CallsCard({ view, calls }: CallsCardProps) {
  const { range, keyId } = view;
  const shown = calls.calls;
  if (calls.isOff) {
    return (
      <Card title={t('Models and latency')}>
        <p className="text-ink-soft">
          {t(
            'This service doesn’t keep a list of calls, from which models, hours and latency would be read.',
          )}
        </p>
      </Card>
    );
  }
  return (
    <Card
      title={t('Models and latency')}
      description={sourceWords(calls)}
      actions={
        <TextLink to={keyId === undefined ? '/activity' : `/activity?key=${keyId}`}>
          {t('All calls')}
        </TextLink>
      }
    >
      {calls.error !== null && (
        <Alert
          tone="danger"
          title={t('The calls could not be loaded')}
          action={
            <Button size="small" onClick={calls.retry} busy={calls.isFetching}>
              {t('Try again')}
            </Button>
          }
        >
          {describeError(calls.error).message}
        </Alert>
      )}
      {calls.error === null && !calls.isWhole && <Skeleton className="h-48 w-full" />}
      {calls.isWhole && shown.length > 0 && (
        <div className="flex flex-col gap-6">
          <Headline of={statisticsOf(shown)} />
          <ModelTable calls={calls} view={view} />
          {range.to === view.today && <HoursToday view={view} calls={calls} />}
        </div>
      )}
    </Card>
  );
}

function sourceWords({ calls, isWhole, isCut, most, error }: UsageCalls): string {
  if (error !== null) return t('From the list of calls.');
  if (!isWhole) return t('Loading the list of calls: {count, number} so far.', { count: calls.length });
  return isCut
    ? t('From the newest {count, number} calls and refusals of these days.', { count: most })
    : t(
        '{count, plural, one {From the only call of these days that is still listed.} other {From the # calls and refusals of these days that are still listed.}}',
        { count: countCalls(calls) },
      );
}

function Headline({ of }: { of: CallStatistics }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-4">
      <Figure name={t('Success')} value={shareWords(of.successRate)}>
        {t('{failed, plural, =0 {nothing failed} other {# failed}}, refusals aside', { failed: of.failed })}
      </Figure>
      <Figure name={t('Refused')} value={countWords(of.refused)}>
        {t('for any reason')}
      </Figure>
      <Figure name={t('First token')} value={of.firstToken ? tookWords(of.firstToken.p50) : '–'}>
        {medianWords(of.firstToken)}
      </Figure>
      <Figure name={t('Whole answer')} value={of.total ? tookWords(of.total.p50) : '–'}>
        {medianWords(of.total)}
      </Figure>
    </dl>
  );
}

const shareWords = (share: number | undefined) => (share === undefined ? '–' : percentWords(share));
const medianWords = (of: Percentiles | undefined) =>
  of === undefined
    ? t('median')
    : t('median, {percent} within {time}', { percent: percentWords(0.95), time: tookWords(of.p95) });

function Figure({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-soft text-sm">{name}</dt>
      <dd>
        <span className="block font-semibold text-lg tabular-nums tracking-tight">{value}</span>
        <span className="block text-ink-faint text-xs">{children}</span>
      </dd>
    </div>
  );
}

const headings = () => [
  t('Calls'),
  t('Success'),
  t('First token'),
  percentWords(0.95),
  t('Whole answer'),
  percentWords(0.95),
  t('Tokens'),
  t('Cost'),
];

function ModelTable({ calls: { calls }, view: { keyId } }: CallsCardProps) {
  const cell = 'whitespace-nowrap px-3 py-2 text-right tabular-nums last:pr-4';
  return (
    <ScrollSideways label={t('Calls by model')}>
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{t('Calls by model')}</caption>
        <thead>
          <tr className="border-line border-b text-ink-soft text-xs">
            <th scope="col" className="py-2 pr-3 pl-4 font-medium">
              {t('Model')}
            </th>
            {headings().map((heading, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two have the same words
              <th key={at} scope="col" className={`${cell} font-medium`}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {byModel(calls).map(([model, some]) => {
            const of = statisticsOf(some);
            return (
              <tr key={model}>
                <th scope="row" className="whitespace-nowrap py-2 pr-3 pl-4 font-normal">
                  {model === noModel ? (
                    <span className="text-ink-faint">{t('No model')}</span>
                  ) : (
                    <TextLink to={activityPath(model, keyId)}>{model}</TextLink>
                  )}
                </th>
                {[
                  countWords(of.calls),
                  shareWords(of.successRate),
                  of.firstToken ? tookWords(of.firstToken.p50) : '–',
                  of.firstToken ? tookWords(of.firstToken.p95) : '–',
                  of.total ? tookWords(of.total.p50) : '–',
                  of.total ? tookWords(of.total.p95) : '–',
                  countWords(of.tokens),
                  dollarWords(of.cost),
                ].map((words, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row
                  <td key={at} className={cell}>
                    {words}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollSideways>
  );
}

const activityPath = (model: string, keyId: string | undefined) =>
  `/activity?${new URLSearchParams({ model, ...(keyId !== undefined && { key: keyId }) })}`;

function HoursToday({ view: { today, metric }, calls }: CallsCardProps) {
  const { words, short, isCount, label } = metrics[metric];
  const stack = barsByHour(calls.calls, today, metrics[metric]);
  if (stack.bars.every((bar) => heightOf(bar) === 0)) return null;
  return (
    <section aria-labelledby="usage-hours" className="flex flex-col gap-3">
      <h3 id="usage-hours" className="font-medium">
        {t('{figure} by hour of today (UTC)', { figure: label() })}
      </h3>
      <BarChart
        {...stack}
        {...{ words, short, isCount }}
        look="small"
        step={t('Hour')}
        label={t('{figure} of each hour of today, stacked by model.', { figure: label() })}
      />
    </section>
  );
}
