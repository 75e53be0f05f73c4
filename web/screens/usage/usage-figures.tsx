import { Fragment, type ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { countWords, dollarWords } from '../../parts/figure-words.ts';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { chartSeries } from './chart/chart-series.ts';
import { LazyUsageChart } from './chart/lazy-usage-chart.tsx';
import { metricNames, metrics } from './metrics.ts';
import { tokensOf, totalsOf, type UsageTotals } from './usage-totals.ts';
import type { UsageView } from './use-usage-view.ts';

const metricOptions = metricNames.map((value) => ({ value, label: metrics[value].label }));

/** Totals of the chosen rows, and their chart. */
export function UsageFigures({ view }: { view: UsageView }) {
  const { rows, range, labels, choose } = view;
  const metric = metrics[view.metric];
  const chart = chartSeries(rows, range, metric.of, labels);
  return (
    <>
      <Totals totals={totalsOf(rows)} />
      <Card
        title={`${metric.label} a day`}
        description="By key, in UTC days. The table below has the figures."
      >
        <div className="flex flex-col gap-5">
          <ChoiceRow
            label="Show"
            options={metricOptions}
            value={view.metric}
            onChange={(show) => choose({ show }, { aside: true })}
          />
          <LazyUsageChart {...chart} metric={metric} />
        </div>
      </Card>
    </>
  );
}

function Totals({ totals }: { totals: UsageTotals }) {
  const parts = [
    `${countWords(totals.inputTokens)} in`,
    `${countWords(totals.outputTokens)} out`,
    `${countWords(totals.cachedTokens)} cached`,
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Total label="Requests" value={countWords(totals.requests)} detail="charged to a plan" />
      <Total label="Refused" value={countWords(totals.refused)} detail="over a limit, not charged" />
      <Total label="Tokens" value={countWords(tokensOf(totals))} detail={<Parts of={parts} />} />
      <Total label="Cost" value={dollarWords(totals.cost)} detail="US dollars, by the price list" />
    </dl>
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

function Total({ label, value, detail }: { label: string; value: string; detail: ReactNode }) {
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface p-4 shadow-card">
      <dt className="text-ink-soft text-sm">{label}</dt>
      <dd className="mt-1">
        <span className="block truncate font-semibold text-xl tabular-nums tracking-tight">{value}</span>
        <span className="mt-0.5 block text-ink-faint text-xs">{detail}</span>
      </dd>
    </div>
  );
}
