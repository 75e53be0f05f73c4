import { Fragment, type ReactNode, useId } from 'react';
import { useNavigate } from 'react-router';
import { noModel } from '../../calls/call-statistics.ts';
import { BarChart } from '../../chart/bar-chart.tsx';
import { countWords, dollarWords } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Card } from '../../parts/card.tsx';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { RadioMark } from '../../parts/forms/radio-mark.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type MetricName, metrics } from './metrics.ts';
import { barsByKey, barsByModel } from './usage-bars.ts';
import { tokensOf, totalsOf } from './usage-totals.ts';
import { useDayLimit } from './use-day-limit.ts';
import type { UsageCalls } from './use-usage-calls.ts';
import type { UsageView } from './use-usage-view.ts';

interface UsageFiguresProps {
  view: UsageView;
  calls: UsageCalls;
}

/** Totals of the chosen rows, which choose what their chart shows. */
export function UsageFigures({ view, calls }: UsageFiguresProps) {
  const { choose, by } = view;
  const metric = metrics[view.metric];
  return (
    <>
      <MetricCards view={view} />
      <Card
        title={t('{figure} a day', { figure: metric.label() })}
        description={
          by === 'key'
            ? t('By key, in UTC days. The table below has the figures. A bar leads to its calls.')
            : t('By model, in UTC days. The table below has the figures. A bar leads to its calls.')
        }
        actions={
          <ChoiceRow
            label={t('Stacked by')}
            options={stacks()}
            value={by}
            onChange={(next) => choose({ by: next === 'key' ? undefined : next }, { aside: true })}
          />
        }
      >
        <Chart view={view} calls={calls} />
      </Card>
    </>
  );
}

const stacks = () => [
  { value: 'key' as const, label: t('Key') },
  { value: 'model' as const, label: t('Model') },
];

function Chart({ view, calls }: UsageFiguresProps) {
  const { rows, range, labels, by, keyId } = view;
  const limit = useDayLimit(keyId);
  const navigate = useNavigate();
  const metric = metrics[view.metric];
  if (by === 'model' && calls.isOff) {
    return (
      <Alert tone="info">
        {t('This service doesn’t keep a list of calls, which the models would be read from.')}
      </Alert>
    );
  }
  if (by === 'model' && !calls.isWhole) return <Skeleton className="h-72 w-full" />;
  const stack =
    by === 'key' ? barsByKey(rows, range, metric, labels) : barsByModel(calls.calls, range, metric);
  const open = (day: string, series: string | undefined) => {
    const part = series === undefined || series === noModel ? {} : { [by]: series };
    const search = new URLSearchParams({ day, ...(keyId !== undefined && { key: keyId }), ...part });
    void navigate(`/activity?${search}`);
  };
  return (
    <div className="flex flex-col gap-4">
      {by === 'model' && calls.isCut && (
        <Alert tone="info">
          {t('Of the newest {count, number} calls of these days.', { count: calls.most })}
        </Alert>
      )}
      <BarChart
        {...stack}
        {...metric}
        label={
          by === 'key'
            ? t('{figure} of each day, stacked by key. The table below has the figures.', {
                figure: metric.label(),
              })
            : t('{figure} of each day, stacked by model. The table below has the figures.', {
                figure: metric.label(),
              })
        }
        step={t('Day')}
        onOpen={open}
        {...(view.metric === 'requests' && limit !== undefined && { limit })}
      />
    </div>
  );
}

/** Each figure's card is the choice of it. */
function MetricCards({ view: { rows, metric, choose } }: { view: UsageView }) {
  const totals = totalsOf(rows);
  const parts = [
    t('{count, number} in', { count: totals.inputTokens }),
    t('{count, number} out', { count: totals.outputTokens }),
    t('{count, number} cached', { count: totals.cachedTokens }),
  ];
  const group = useId();
  const cards: Pick<MetricCardProps, 'name' | 'value' | 'detail'>[] = [
    { name: 'requests', value: countWords(totals.requests), detail: t('charged to a plan') },
    { name: 'refused', value: countWords(totals.refused), detail: t('over a limit, not charged') },
    { name: 'tokens', value: countWords(tokensOf(totals)), detail: <Parts of={parts} /> },
    { name: 'cost', value: dollarWords(totals.cost), detail: t('US dollars, by the price list') },
  ];
  return (
    <div role="radiogroup" aria-label={t('Show')} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {cards.map((card) => (
        <MetricCard
          key={card.name}
          {...card}
          group={group}
          isChosen={card.name === metric}
          onChoose={() => choose({ show: card.name === 'requests' ? undefined : card.name }, { aside: true })}
        />
      ))}
    </div>
  );
}

interface MetricCardProps {
  name: MetricName;
  value: string;
  detail: ReactNode;
  group: string;
  isChosen: boolean;
  onChoose: () => void;
}

function MetricCard({ name, value, detail, group, isChosen, onChoose }: MetricCardProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="min-w-0 cursor-pointer rounded-lg border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong has-checked:border-accent has-checked:shadow-[inset_0_0_0_1px_var(--color-accent)]"
    >
      <span className="flex items-center justify-between gap-2 text-ink-soft text-sm">
        <span id={`${id}-name`}>{metrics[name].label()}</span>
        <RadioMark
          id={id}
          name={group}
          checked={isChosen}
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-value`}
          onChoose={onChoose}
        />
      </span>
      <span id={`${id}-value`} className="mt-1 block">
        <span className="block truncate font-semibold text-xl tabular-nums tracking-tight">{value}</span>
        <span className="mt-0.5 block text-ink-faint text-xs">{detail}</span>
      </span>
    </label>
  );
}

/** Breaks only between parts, with the dot at the end of the line. */
function Parts({ of }: { of: readonly string[] }) {
  return of.map((part, index) => (
    <Fragment key={part}>
      <span className="whitespace-nowrap">
        {part}
        {index < of.length - 1 && ' ·'}
      </span>{' '}
    </Fragment>
  ));
}
