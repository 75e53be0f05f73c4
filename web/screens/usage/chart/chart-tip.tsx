import { dayWords } from '../../../time-words.ts';
import type { Metric } from '../metrics.ts';
import type { ChartDay, ChartSeries } from './chart-series.ts';
import { SeriesSwatch } from './series-pattern.tsx';

interface ChartTipProps {
  day: ChartDay | undefined;
  series: readonly ChartSeries[];
  metric: Metric;
}

/** The figures of the day under the pointer. */
export function ChartTip({ day, series, metric }: ChartTipProps) {
  if (day === undefined) return null;
  const total = Object.values(day.values).reduce((sum, value) => sum + value, 0);
  return (
    <div className="max-w-72 rounded-lg bg-raised px-3 py-2 text-sm shadow-popup">
      <p className="font-medium">{dayWords(day.date)}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {series.map(({ id, label }, index) => (
          <li key={id} className="flex items-center gap-2">
            <SeriesSwatch index={index} />
            <span className="min-w-0 flex-1 truncate text-ink-soft">{label}</span>
            <span className="tabular-nums">{metric.words(day.values[id] ?? 0)}</span>
          </li>
        ))}
      </ul>
      {series.length > 1 && (
        <p className="mt-1 flex justify-between gap-6 border-line border-t pt-1">
          <span className="text-ink-soft">All</span>
          <span className="font-medium tabular-nums">{metric.words(total)}</span>
        </p>
      )}
    </div>
  );
}
