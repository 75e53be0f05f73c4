import { useQuery } from '@tanstack/react-query';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { countWords, dollarColumn } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { dayWords } from '../../../language/time-words.ts';
import { Card } from '../../../parts/card.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { columnsOf, DataTable } from '../../../parts/tables/data-table.tsx';
import { useApi } from '../../../shell/console-context.ts';
import type { AdminUsageRow, AdminUserInFull } from '../admin-types.ts';

/** The last 30 days, those without a call left out. */
export function UserUsage({ of: { id } }: { of: AdminUserInFull }) {
  const api = useApi();
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['admin', 'usage-of', id],
    queryFn: ({ signal }) => api.call(adminRoutes.getAllUsage, { query: { userId: id }, signal }),
    staleTime: 0,
  });
  return (
    <Card title={t('Usage of the last 30 days')} padded={false}>
      {isPending ? (
        <LoadingRows label={t('Loading usage')} />
      ) : data === undefined ? (
        <ErrorState
          title={t('Usage could not be loaded')}
          error={error}
          onRetry={() => void refetch()}
          busy={isFetching}
        />
      ) : data.data.length === 0 ? (
        <p className="px-4 py-5 text-ink-soft sm:px-5">{t('No calls in the last 30 days.')}</p>
      ) : (
        <DataTable
          caption={t('Usage by day')}
          columns={columns}
          rows={data.data}
          rowId={({ date }) => date}
        />
      )}
    </Card>
  );
}

const column = columnsOf<AdminUsageRow>();
const end = { align: 'end' } as const;
const endOnDesk = { align: 'end', deskOnly: true } as const;
const count = (
  name: 'requests' | 'refused' | 'inputTokens' | 'outputTokens',
  header: () => string,
  meta = end,
) => column.accessor(name, { header, meta, cell: ({ getValue }) => countWords(getValue()) });

const columns = column.columns([
  column.accessor('date', { header: () => t('Day (UTC)'), cell: ({ getValue }) => dayWords(getValue()) }),
  count('requests', () => t('Requests')),
  count('refused', () => t('Refused'), endOnDesk),
  count('inputTokens', () => t('Tokens in'), endOnDesk),
  count('outputTokens', () => t('Tokens out'), endOnDesk),
  column.accessor('cost', {
    header: () => t('Cost'),
    meta: end,
    cell: ({ getValue }) => dollarColumn(getValue()),
  }),
]);
