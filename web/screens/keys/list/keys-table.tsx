import { isLive, type Key } from '../../../keys/key.ts';
import { KeyStatus } from '../../../keys/key-status.tsx';
import { t } from '../../../language/t.ts';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { columnsOf, DataTable } from '../../../parts/tables/data-table.tsx';
import { KeyMenu, PlaygroundLink } from './key-menu.tsx';
import { KeyToday } from './key-used-today.tsx';
import { KeyExpires, KeyLastUsed } from './last-used-and-expiry.tsx';

const column = columnsOf<Key>();
const columns = column.columns([
  column.accessor('name', {
    header: () => t('Name'),
    cell: ({ row: { original: key } }) => (
      <div className="max-w-72 whitespace-normal py-2">
        <p dir="auto" className="wrap-anywhere text-left">
          <TextLink to={`/keys/${key.id}`}>{key.name}</TextLink>
        </p>
        <p className="font-mono text-ink-faint text-xs">…{key.last4}</p>
      </div>
    ),
  }),
  column.accessor('plan', { header: () => t('Plan') }),
  column.accessor('status', {
    header: () => t('Status'),
    cell: ({ getValue }) => <KeyStatus status={getValue()} />,
  }),
  column.accessor('used', {
    header: () => t('Used today (UTC)'),
    cell: ({ row: { original: key } }) => (
      <div className="w-32">
        <KeyToday of={key} />
      </div>
    ),
  }),
  column.accessor('lastUsedAt', {
    header: () => t('Last used'),
    cell: ({ row: { original: key } }) => <KeyLastUsed of={key} />,
  }),
  column.accessor('expiresAt', {
    header: () => t('Expires'),
    cell: ({ row: { original: key } }) => <KeyExpires of={key} />,
  }),
  column.display({
    id: 'actions',
    meta: { align: 'end' },
    header: () => <span className="sr-only">{t('Actions')}</span>,
    cell: ({ row: { original: key } }) => (
      <div className="flex items-center justify-end">
        {isLive(key) && <PlaygroundLink of={key} />}
        <KeyMenu of={key} />
      </div>
    ),
  }),
]);

export function KeysTable({ keys }: { keys: readonly Key[] }) {
  return <DataTable caption={t('Your API keys')} columns={columns} rows={keys} rowId={(key) => key.id} />;
}
