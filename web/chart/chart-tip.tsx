import { t } from '../language/t.ts';
import { type ChartBar, type ChartSeries, heightOf } from './bars.ts';
import { SeriesSwatch } from './series-pattern.tsx';

interface ChartTipProps {
  bar: ChartBar;
  series: readonly ChartSeries[];
  words: (value: number) => string;
}

/** The figures of the bar under the pointer. */
export function ChartTip({ bar, series, words }: ChartTipProps) {
  return (
    <div className="max-w-72 rounded-lg bg-raised px-3 py-2 text-sm shadow-popup forced-colors:border">
      <p className="font-medium">{bar.label}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {series.map(({ id, label }, index) => (
          <li key={id} className="flex items-center gap-2">
            <SeriesSwatch index={index} />
            <span className="min-w-0 flex-1 truncate text-ink-soft">{label}</span>
            <span className="tabular-nums">{words(bar.values[id] ?? 0)}</span>
          </li>
        ))}
      </ul>
      {series.length > 1 && (
        <p className="mt-1 flex justify-between gap-6 border-line border-t pt-1">
          <span className="text-ink-soft">{t('All')}</span>
          <span className="font-medium tabular-nums">{words(heightOf(bar))}</span>
        </p>
      )}
    </div>
  );
}
