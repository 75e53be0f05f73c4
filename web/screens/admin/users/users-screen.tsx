import { UserPlus, UserSearch } from 'lucide-react';
import { useState } from 'react';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { t } from '../../../language/t.ts';
import { dateWords } from '../../../language/time-words.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { SearchForm } from '../../../parts/forms/search-form.tsx';
import { Select } from '../../../parts/forms/select.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { columnsOf, DataTable } from '../../../parts/tables/data-table.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { useAddress } from '../../../shell/use-address.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AdminUser } from '../admin-types.ts';
import { EmailAddress } from '../email-address.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { planWords } from './plan-words.ts';
import { UserStatus, userStatuses } from './user-status.tsx';

const usersPerPage = 50;
const any = 'any';

export function UsersScreen() {
  const [inviting, setInviting] = useState({ turn: 0, isOpen: false });
  const { values, isFiltered, choose, clear } = useAddress(['email', 'status']);
  const { email } = values;
  const status = statusIn(values.status);
  const api = useApi();
  const users = usePages<AdminUser>({
    queryKey: ['admin', 'users', email, status],
    load: (cursor, signal) =>
      api.call(adminRoutes.listUsers, { query: { email, status, limit: usersPerPage, cursor }, signal }),
  });
  return (
    <>
      <PageHeader
        title={t('Users')}
        description={t('Everyone with an account, in the order of the user directory.')}
        actions={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden />}
            onClick={() => setInviting(({ turn }) => ({ turn: turn + 1, isOpen: true }))}
          >
            {t('Invite user')}
          </Button>
        }
      />
      <div className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-4">
        <SearchForm
          key={email}
          label={t('E-mail address begins with')}
          value={email ?? ''}
          onSearch={(text) => choose({ email: text })}
        />
        <div className="w-full sm:w-48">
          <Select
            label={t('Status')}
            options={statusOptions()}
            value={status ?? any}
            onChange={(next) => choose({ status: next === any ? undefined : next })}
          />
        </div>
      </div>
      <Card padded={false}>
        <PageRows
          what="users"
          pages={users}
          empty={
            <EmptyState
              icon={UserSearch}
              title={t('No users match')}
              {...(isFiltered && { action: <Button onClick={clear}>{t('Show all users')}</Button> })}
            >
              {t('Addresses are found by how they begin, not by what they contain.')}
            </EmptyState>
          }
        >
          {(rows) => <DataTable caption={t('Users')} columns={columns} rows={rows} rowId={({ id }) => id} />}
        </PageRows>
      </Card>
      <InviteDialog
        key={inviting.turn}
        open={inviting.isOpen}
        onClose={() => setInviting(({ turn }) => ({ turn, isOpen: false }))}
      />
    </>
  );
}

/** An address may hold anything. */
const statusIn = (text: string | undefined) =>
  text !== undefined && Object.hasOwn(userStatuses, text) ? (text as AdminUser['status']) : undefined;

const statusOptions = () => [
  { value: any, label: t('Any status') },
  ...Object.entries(userStatuses).map(([value, { word }]) => ({ value, label: word() })),
];

const column = columnsOf<AdminUser>();
const columns = column.columns([
  column.accessor('email', {
    header: () => t('E-mail address'),
    cell: ({ row: { original: user } }) => (
      <div className="max-w-80 whitespace-normal py-2">
        <span className="wrap-anywhere">
          <TextLink to={`/admin/users/${user.id}`}>
            <EmailAddress of={user.email} />
          </TextLink>
        </span>
      </div>
    ),
  }),
  column.accessor('status', {
    header: () => t('Status'),
    cell: ({ getValue }) => <UserStatus status={getValue()} />,
  }),
  column.display({
    id: 'plans',
    header: () => t('May pick'),
    meta: { deskOnly: true },
    cell: ({ row: { original: user } }) => <span className="block max-w-64 truncate">{planWords(user)}</span>,
  }),
  column.accessor('createdAt', {
    header: () => t('Created'),
    meta: { deskOnly: true },
    cell: ({ getValue }) => dateWords(Date.parse(getValue())),
  }),
]);
