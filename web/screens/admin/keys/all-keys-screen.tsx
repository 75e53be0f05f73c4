import { KeyRound } from 'lucide-react';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { Card } from '../../../parts/card.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { SearchForm } from '../../../parts/forms/search-form.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { useAddress } from '../../../shell/use-address.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AdminKey } from '../admin-types.ts';
import { AdminKeysTable } from './admin-keys-table.tsx';
import { RevokeAnyKey } from './revoke-any-key.tsx';

const keysPerPage = 50;

export function AllKeysScreen() {
  const { values, isFiltered, choose, clear } = useAddress(['search']);
  const { search } = values;
  const api = useApi();
  const keys = usePages<AdminKey>({
    queryKey: ['admin', 'keys', search],
    load: (cursor, signal) =>
      api.call(adminRoutes.listAllApiKeys, { query: { limit: keysPerPage, cursor }, signal }),
    ...(search !== undefined && { matches: matching(search) }),
  });
  return (
    <RevokeAnyKey>
      <PageHeader
        title={t('All keys')}
        description={t('The working keys of all users. Those that have ended are on their user’s page.')}
      />
      <div className="mb-5">
        <SearchForm
          key={search}
          label={t('Name, ending, ID or user')}
          value={search ?? ''}
          onSearch={(text) => choose({ search: text })}
        />
      </div>
      <Card padded={false}>
        <PageRows
          what="keys"
          pages={keys}
          empty={
            <EmptyState
              icon={KeyRound}
              title={isFiltered ? t('No keys match') : t('No keys yet')}
              {...(isFiltered && { action: <Button onClick={clear}>{t('Show all keys')}</Button> })}
            >
              {isFiltered
                ? t('None of the keys that work is like that.')
                : t('Keys show up here when users have created some.')}
            </EmptyState>
          }
        >
          {(rows) => <AdminKeysTable keys={rows} />}
        </PageRows>
      </Card>
    </RevokeAnyKey>
  );
}

function matching(search: string): (key: AdminKey) => boolean {
  const wanted = search.toLowerCase();
  return ({ name, last4, id, userEmail, userId }) =>
    last4 === search ||
    [name, id, userEmail ?? '', userId].some((text) => text.toLowerCase().includes(wanted));
}
