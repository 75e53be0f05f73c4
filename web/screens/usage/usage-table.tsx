import { useState } from 'react';
import { countWords, dollarColumn } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { dayWords } from '../../language/time-words.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { Card } from '../../parts/card.tsx';
import { columnsOf, DataTable } from '../../parts/tables/data-table.tsx';
import type { UsageRow } from './usage-row.ts';
import type { UsageView } from './use-usage-view.ts';

interface LabelledRow extends UsageRow {
  label: string;
}

const column = columnsOf<LabelledRow>();
const end = { align: 'end' } as const;
const count = (
  name: 'requests' | 'refused' | 'inputTokens' | 'outputTokens' | 'cachedTokens',
  header: () => string,
) => column.accessor(name, { header, meta: end, cell: ({ getValue }) => countWords(getValue()) });

const columns = column.columns([
  column.accessor('date', {
    header: () => t('Day (UTC)'),
    cell: ({ row: { original: row } }) => (
      <TextLink
        to={`/activity?${new URLSearchParams({ day: row.date, key: row.keyId })}`}
        aria-label={t('{day}: the calls of {key}', { day: dayWords(row.date), key: row.label })}
      >
        {dayWords(row.date)}
      </TextLink>
    ),
  }),
  column.accessor('label', {
    header: () => t('Key'),
    cell: ({ getValue }) => <span className="block max-w-48 truncate">{getValue()}</span>,
  }),
  count('requests', () => t('Requests')),
  count('refused', () => t('Refused')),
  count('inputTokens', () => t('Tokens in')),
  count('outputTokens', () => t('Tokens out')),
  count('cachedTokens', () => t('Cached')),
  column.accessor('cost', {
    header: () => t('Cost'),
    meta: end,
    cell: ({ getValue }) => dollarColumn(getValue()),
  }),
]);

/** Thousands of rows would make the page slow. */
const rowsAtOnce = 100;

export function UsageTable({ view: { rows, labels } }: { view: UsageView }) {
  const [shown, setShown] = useState(rowsAtOnce);
  const labelled = rows.map((row) => ({ ...row, label: labels.get(row.keyId) ?? row.keyId }));
  return (
    <Card title={t('By day and key')} padded={false}>
      <DataTable
        caption={t('Usage by day and key')}
        columns={columns}
        rows={labelled}
        rowId={({ date, keyId }) => `${date} ${keyId}`}
        limit={shown}
      />
      {rows.length > rowsAtOnce && (
        <div className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3 sm:px-5">
          <p role="status" className="text-ink-soft text-sm">
            {t(
              '{shown, number} of {count, number} rows. The totals, the chart and the export include all of them.',
              {
                shown: Math.min(shown, rows.length),
                count: rows.length,
              },
            )}
          </p>
          {shown < rows.length && (
            <Button size="small" onClick={() => setShown(shown + rowsAtOnce * 5)}>
              {t('Show more')}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
