import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import { shortDayWords } from '../../../time-words.ts';
import type { Metric } from '../metrics.ts';
import type { ChartDay, ChartSeries } from './chart-series.ts';
import { ChartTip } from './chart-tip.tsx';
import { SeriesPattern, SeriesSwatch } from './series-pattern.tsx';

export interface UsageChartProps {
  series: readonly ChartSeries[];
  days: readonly ChartDay[];
  metric: Metric;
}

/** Narrower bars can't be told apart; longer ranges scroll. */
const leastBarPixels = 4;
const tick = { fill: 'var(--color-ink-faint)', fontSize: 12 };

/** A bar for each day, stacked by key. One image for screen readers, since the table has the same figures. */
export function UsageChart({ series, days, metric }: UsageChartProps) {
  const patternsId = useId();
  const patternOf = (index: number) => `${patternsId}-${index}`;
  return (
    <figure className="flex min-w-0 flex-col gap-4">
      <div className="overflow-x-auto">
        <BarChart
          responsive
          data={[...days]}
          style={{ width: '100%', height: 260, minWidth: days.length * leastBarPixels }}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          barCategoryGap="18%"
          role="img"
          aria-label={`${metric.label} of each day, stacked by key. The table below has the figures.`}
        >
          <defs>
            {series.map(({ id }, index) => (
              <SeriesPattern key={id} id={patternOf(index)} index={index} />
            ))}
          </defs>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="date"
            tickFormatter={shortDayWords}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--color-line-strong)' }}
            minTickGap={28}
            interval="equidistantPreserveStart"
            tickMargin={8}
          />
          <YAxis
            tickFormatter={metric.short}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width="auto"
            allowDecimals={!metric.isCount}
          />
          <Tooltip
            cursor={{ fill: 'var(--color-hover)' }}
            isAnimationActive={false}
            content={({ active, label }) =>
              active ? (
                <ChartTip day={days.find(({ date }) => date === label)} {...{ series, metric }} />
              ) : null
            }
          />
          {series.map(({ id }, index) => (
            <Bar
              key={id}
              dataKey={(day: ChartDay) => day.values[id] ?? 0}
              stackId="day"
              fill={`url(#${patternOf(index)})`}
              stroke="var(--color-surface)"
              strokeWidth={series.length > 1 ? 1 : 0}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </div>
      <figcaption>
        <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
          {series.map(({ id, label, total }, index) => (
            <li key={id} className="flex min-w-0 max-w-full items-center gap-2">
              <SeriesSwatch index={index} />
              <span className="min-w-0 truncate">{label}</span>
              <span className="shrink-0 text-ink-soft tabular-nums">{metric.words(total)}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
