import { ShieldX } from 'lucide-react';
import { Outlet } from 'react-router';
import { t } from '../../language/t.ts';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { adminGroup } from '../../shell/navigation/navigation.ts';
import { useMe } from '../../shell/session/use-me.ts';

/** Around the admins' screens. The API decides on each call; this spares everyone else screens full of refusals. */
export function AdminArea() {
  const me = useMe();
  if (me.data?.groups.includes(adminGroup)) return <Outlet />;
  return (
    <>
      <PageHeader title={t('Admin area')} />
      <Card padded={false}>
        {me.isPending ? (
          <LoadingRows label={t('Loading your profile')} />
        ) : me.data === undefined ? (
          <ErrorState
            title={t('Your profile could not be loaded')}
            error={me.error}
            onRetry={() => void me.refetch()}
            busy={me.isFetching}
          />
        ) : (
          <EmptyState
            icon={ShieldX}
            title={t('This area is for admins')}
            action={<LinkButton to="/keys">{t('Go to your keys')}</LinkButton>}
          >
            {t(
              '{email} isn’t an admin of this service. If you were made one just now, log out and in again.',
              { email: me.data.email },
            )}
          </EmptyState>
        )}
      </Card>
    </>
  );
}
