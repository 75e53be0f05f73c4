import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { t } from '../../../language/t.ts';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AdminUserInFull, AuditEvent } from '../admin-types.ts';
import { EventList } from '../audit/event-list.tsx';

const eventsPerPage = 10;

/** What was done to the user and their keys, newest first. */
export function UserEvents({ of: { id } }: { of: AdminUserInFull }) {
  const api = useApi();
  const events = usePages<AuditEvent>({
    queryKey: ['admin', 'events-of', id],
    load: (cursor, signal) =>
      api.call(adminRoutes.getAudit, { query: { subject: id, limit: eventsPerPage, cursor }, signal }),
  });
  return (
    <Card
      title={t('Events of the last 30 days')}
      padded={false}
      actions={<TextLink to={`/admin/audit?subject=${encodeURIComponent(id)}`}>{t('Audit trail')}</TextLink>}
    >
      <PageRows
        what="events"
        pages={events}
        empty={
          <p className="px-4 py-5 text-ink-soft sm:px-5">
            {t('Nothing was done to this user in the last 30 days.')}
          </p>
        }
      >
        {(rows) => <EventList events={rows} />}
      </PageRows>
    </Card>
  );
}
