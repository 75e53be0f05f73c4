import { Download } from 'lucide-react';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { downloadText } from '../../parts/download-text.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { CallsCard } from './calls-card.tsx';
import { usageCsv, usageFileName } from './usage-csv.ts';
import { UsageEmpty } from './usage-empty.tsx';
import { UsageFigures } from './usage-figures.tsx';
import { UsageFilters } from './usage-filters.tsx';
import { UsageLoading } from './usage-loading.tsx';
import { UsageTable } from './usage-table.tsx';
import { useUsageCalls } from './use-usage-calls.ts';
import { type UsageView, useUsageView } from './use-usage-view.ts';

export function UsageScreen() {
  const view = useUsageView();
  return (
    <>
      <PageHeader
        title={t('Usage')}
        description={t('Requests, tokens and cost by day and key. A day begins and ends at midnight UTC.')}
        {...(view.rows.length > 0 && { actions: <UsageExport view={view} /> })}
      />
      <div className="flex flex-col gap-5">
        <UsageFilters view={view} />
        <Content view={view} />
      </div>
    </>
  );
}

function Content({ view }: { view: UsageView }) {
  const { usage, range, rows } = view;
  // The filters say what is wrong with the range.
  if (range.fault !== undefined) return null;
  if (!usage.isWhole) {
    if (usage.error === null) return <UsageLoading usage={usage} range={range} />;
    return (
      <div className="rounded-lg border border-line">
        <ErrorState
          title={t('Your usage could not be loaded')}
          error={usage.error}
          onRetry={usage.retry}
          busy={usage.isFetching}
        />
      </div>
    );
  }
  if (rows.length === 0) return <UsageEmpty view={view} />;
  return <Figures view={view} />;
}

function Figures({ view }: { view: UsageView }) {
  const calls = useUsageCalls(view);
  return (
    <>
      <UsageFigures view={view} calls={calls} />
      <CallsCard view={view} calls={calls} />
      <UsageTable view={view} />
    </>
  );
}

function UsageExport({ view: { rows, range, keyId } }: { view: UsageView }) {
  return (
    <Button
      icon={<Download aria-hidden />}
      onClick={() => downloadText(usageFileName(range, keyId), usageCsv(rows))}
    >
      {t('Download CSV')}
    </Button>
  );
}
