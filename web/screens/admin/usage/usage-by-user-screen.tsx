import { ChartColumn, Download } from 'lucide-react';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { dayMs, dayOf } from '../../../../core/metering/windows.ts';
import { countWords, dollarColumn } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { dayWords } from '../../../language/time-words.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { downloadText } from '../../../parts/download-text.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ChoiceRow } from '../../../parts/forms/choice-row.tsx';
import { SearchForm } from '../../../parts/forms/search-form.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { columnsOf, DataTable } from '../../../parts/tables/data-table.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { lastDays } from '../../../shell/last-days.ts';
import { useAddress } from '../../../shell/use-address.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AdminUsageRow } from '../admin-types.ts';
import { EmailAddress } from '../email-address.tsx';
import { totalsByUser, type UserTotals, usageByUserCsv } from './totals-by-user.ts';

const periods = ['1', '7', '30'] as const;
type Period = (typeof periods)[number];

const periodOptions = () =>
  periods.map((value) => ({
    value,
    label: t('{days, plural, =1 {Today} other {# days}}', { days: Number(value) }),
  }));

const usersPerPage = 60;

export function UsageByUserScreen() {
  const { values, isFiltered, choose, clear } = useAddress(['days', 'email']);
  const { email } = values;
  const period: Period = periods.find((days) => days === values.days) ?? '30';
  const now = Date.now();
  const [from, to] = [dayOf(now - (Number(period) - 1) * dayMs), dayOf(now)];
  const api = useApi();
  const usage = usePages<AdminUsageRow>({
    ...lastDays(['admin', 'usage', period, email], from, to),
    load: (cursor, signal) =>
      api.call(adminRoutes.getAllUsage, { query: { from, to, email, limit: usersPerPage, cursor }, signal }),
  });
  const totals = totalsByUser(usage.rows);
  return (
    <>
      <PageHeader
        title={t('Usage by user')}
        description={t('All keys of a user together. Users without a call are left out.')}
        {...(totals.length > 0 && {
          actions: (
            <Button
              icon={<Download aria-hidden />}
              onClick={() => downloadText(`daypass-users-${from}-to-${to}.csv`, usageByUserCsv(usage.rows))}
            >
              {t('Download CSV by day')}
            </Button>
          ),
        })}
      />
      <div className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-4">
        <ChoiceRow
          label={t('Period')}
          options={periodOptions()}
          value={period}
          onChange={(next) => choose({ days: next })}
        />
        <SearchForm
          key={email}
          label={t('E-mail address begins with')}
          value={email ?? ''}
          onSearch={(text) => choose({ email: text })}
        />
      </div>
      <Card
        title={
          period === '1'
            ? t('Today (UTC)')
            : t('{from} to {to} (UTC)', { from: dayWords(from), to: dayWords(to) })
        }
        padded={false}
      >
        <PageRows
          what="users"
          pages={{ ...usage, rows: totals }}
          empty={
            <EmptyState
              icon={ChartColumn}
              title={t('No usage')}
              {...(isFiltered && { action: <Button onClick={clear}>{t('Show the last 30 days')}</Button> })}
            >
              {t('Nobody made a call in these days.')}
            </EmptyState>
          }
        >
          {(rows) => (
            <DataTable
              caption={t('Usage by user')}
              columns={columns}
              rows={rows}
              rowId={({ userId }) => userId}
            />
          )}
        </PageRows>
      </Card>
    </>
  );
}

const column = columnsOf<UserTotals>();
const end = { align: 'end' } as const;
const endOnDesk = { align: 'end', deskOnly: true } as const;
const count = (
  name: 'requests' | 'refused' | 'inputTokens' | 'outputTokens',
  header: () => string,
  meta: typeof end | typeof endOnDesk = endOnDesk,
) => column.accessor(name, { header, meta, cell: ({ getValue }) => countWords(getValue()) });

const columns = column.columns([
  column.accessor('label', {
    header: () => t('User'),
    cell: ({ row: { original: user } }) => (
      <div className="max-w-72 whitespace-normal py-2">
        <span className="wrap-anywhere">
          <TextLink to={`/admin/users/${user.userId}`}>
            <EmailAddress of={user.label} />
          </TextLink>
        </span>
      </div>
    ),
  }),
  count('requests', () => t('Requests'), end),
  count('refused', () => t('Refused')),
  count('inputTokens', () => t('Tokens in')),
  count('outputTokens', () => t('Tokens out')),
  column.accessor('cost', {
    header: () => t('Cost'),
    meta: end,
    cell: ({ getValue }) => dollarColumn(getValue()),
  }),
]);
