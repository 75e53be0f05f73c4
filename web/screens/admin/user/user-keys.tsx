import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { t } from '../../../language/t.ts';
import { Card } from '../../../parts/card.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AdminKey, AdminUserInFull } from '../admin-types.ts';
import { AdminKeysTable } from '../keys/admin-keys-table.tsx';
import { RevokeAnyKey } from '../keys/revoke-any-key.tsx';

const keysPerPage = 20;

/** Ended ones too. */
export function UserKeys({ of: { id } }: { of: AdminUserInFull }) {
  const api = useApi();
  const keys = usePages<AdminKey>({
    queryKey: ['admin', 'keys-of', id],
    load: (cursor, signal) =>
      api.call(adminRoutes.listAllApiKeys, { query: { userId: id, limit: keysPerPage, cursor }, signal }),
  });
  return (
    <RevokeAnyKey>
      <Card title={t('Keys')} padded={false}>
        <PageRows
          what="keys"
          pages={keys}
          empty={<p className="px-4 py-5 text-ink-soft sm:px-5">{t('This user has no keys.')}</p>}
        >
          {(rows) => <AdminKeysTable keys={rows} isOfUser />}
        </PageRows>
      </Card>
    </RevokeAnyKey>
  );
}
