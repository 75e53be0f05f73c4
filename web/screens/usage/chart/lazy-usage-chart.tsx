import { lazy, Suspense } from 'react';
import { Alert } from '../../../parts/alert.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import type { UsageChartProps } from './usage-chart.tsx';

/** The chart library is large, and the table shows the same without it. */
const Chart = lazy(() =>
  import('./usage-chart.tsx').then(
    ({ UsageChart }) => ({ default: UsageChart }),
    () => ({ default: ChartMissing }),
  ),
);

export function LazyUsageChart(props: UsageChartProps) {
  return (
    <Suspense fallback={<Skeleton className="h-72 w-full" />}>
      <Chart {...props} />
    </Suspense>
  );
}

function ChartMissing(_props: UsageChartProps) {
  return <Alert tone="warning">The chart could not be loaded. The table below has the figures.</Alert>;
}
