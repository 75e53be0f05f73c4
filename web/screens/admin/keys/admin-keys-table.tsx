import type { ReactNode } from 'react';
import { KeyStatus } from '../../../keys/key-status.tsx';
import { countWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { columnsOf, DataTable } from '../../../parts/tables/data-table.tsx';
import { When } from '../../../when.tsx';
import type { AdminKey } from '../admin-types.ts';
import { EmailAddress } from '../email-address.tsx';
import { useRevokeAnyKey } from './revoke-any-key.tsx';

const column = columnsOf<AdminKey>();
const name = column.accessor('name', {
  header: () => t('Name'),
  cell: ({ row: { original: key } }) => <Name of={key} />,
});
const nameAndUser = column.accessor('name', {
  header: () => t('Name'),
  cell: ({ row: { original: key } }) => (
    <Name of={key}>
      <p className="wrap-anywhere text-sm md:hidden">
        <UserLink of={key} />
      </p>
    </Name>
  ),
});
const user = column.accessor('userEmail', {
  header: () => t('User'),
  meta: { deskOnly: true },
  cell: ({ row: { original: key } }) => (
    <span className="block max-w-56 truncate">
      <UserLink of={key} />
    </span>
  ),
});
const rest = [
  column.accessor('plan', { header: () => t('Plan'), meta: { deskOnly: true } }),
  column.accessor('status', {
    header: () => t('Status'),
    meta: { deskOnly: true },
    cell: ({ getValue }) => <KeyStatus status={getValue()} />,
  }),
  column.accessor('used', {
    header: () => t('Used today (UTC)'),
    meta: { align: 'end', deskOnly: true },
    cell: ({ row: { original: key } }) => usedWords(key),
  }),
  column.accessor('lastUsedAt', {
    header: () => t('Last used'),
    meta: { deskOnly: true },
    cell: ({ getValue }) => <Time of={getValue()} />,
  }),
  column.display({
    id: 'revoke',
    meta: { align: 'end' },
    header: () => <span className="sr-only">{t('Revoke')}</span>,
    cell: ({ row: { original: key } }) => <RevokeButton of={key} />,
  }),
] as const;

const ofAll = column.columns([nameAndUser, user, ...rest]);
const ofUser = column.columns([name, ...rest]);

function usedWords({ used, limits: { requestsPerDay: most } }: AdminKey): string {
  return most === null
    ? countWords(used)
    : t('{used} of {most}', { used: countWords(used), most: countWords(most) });
}

interface AdminKeysTableProps {
  keys: readonly AdminKey[];
  /** Of one user alone, whose page it is on. */
  isOfUser?: boolean;
}

export function AdminKeysTable({ keys, isOfUser = false }: AdminKeysTableProps) {
  return (
    <DataTable caption={t('Keys')} columns={isOfUser ? ofUser : ofAll} rows={keys} rowId={({ id }) => id} />
  );
}

function Name({ of: key, children }: { of: AdminKey; children?: ReactNode }) {
  return (
    <div className="min-w-32 max-w-64 whitespace-normal py-2">
      <p className="wrap-anywhere font-medium">{key.name}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-mono text-ink-faint text-xs">…{key.last4}</span>
        <span className="md:hidden">
          <KeyStatus status={key.status} />
        </span>
      </p>
      {children}
    </div>
  );
}

const UserLink = ({ of: key }: { of: AdminKey }) => (
  <TextLink to={`/admin/users/${key.userId}`}>
    <EmailAddress of={key.userEmail ?? key.userId} />
  </TextLink>
);

function Time({ of }: { of: string | null }) {
  return of === null ? <span className="text-ink-faint">{t('Never')}</span> : <When time={of} isPast />;
}

function RevokeButton({ of: key }: { of: AdminKey }) {
  const ask = useRevokeAnyKey();
  if (key.status !== 'active' && key.status !== 'activating') return null;
  return (
    <Button size="small" onClick={() => ask(key)} aria-label={t('Revoke {name}', { name: key.name })}>
      {t('Revoke')}
    </Button>
  );
}
