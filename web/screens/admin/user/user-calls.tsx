import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { ApiError } from '../../../api-error.ts';
import { CallRow } from '../../../calls/call-row.tsx';
import { t } from '../../../language/t.ts';
import { Card } from '../../../parts/card.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AdminRequest, AdminUserInFull } from '../admin-types.ts';

const callsPerPage = 10;

/** The user's calls that have ended, and refusals. What was said is kept nowhere. */
export function UserCalls({ of: { id } }: { of: AdminUserInFull }) {
  const api = useApi();
  const calls = usePages<AdminRequest>({
    queryKey: ['admin', 'calls-of', id],
    load: (cursor, signal) =>
      api.call(adminRoutes.listAllRequests, { query: { userId: id, limit: callsPerPage, cursor }, signal }),
  });
  const isOff = calls.error instanceof ApiError && calls.error.code === 'not_found';
  return (
    <Card title={t('Calls')} padded={false}>
      {isOff ? (
        <p className="px-4 py-5 text-ink-soft sm:px-5">{t('This service doesn’t keep a list of calls.')}</p>
      ) : (
        <PageRows
          what="calls"
          pages={calls}
          empty={
            <p className="px-4 py-5 text-ink-soft sm:px-5">{t('None of this user’s calls is listed.')}</p>
          }
        >
          {(rows) => (
            <ul aria-label={t('Calls')} className="divide-y divide-line">
              {rows.map((call) => (
                <CallRow key={`${call.time} ${call.requestId}`} call={call} keyPath={undefined} />
              ))}
            </ul>
          )}
        </PageRows>
      )}
    </Card>
  );
}
