import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { Card } from '../../../parts/card.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { useConsole } from '../../../shell/console-context.ts';
import { AlarmStates } from './alarms.tsx';
import { Ceilings } from './ceilings.tsx';
import { LastPass } from './last-pass.tsx';

export function HealthScreen() {
  const { api } = useConsole();
  const health = useQuery({
    queryKey: ['admin', 'health'],
    queryFn: ({ signal }) => api.call(adminRoutes.getHealth, { signal }),
    staleTime: 0,
  });
  return (
    <>
      <PageHeader
        title={t('Health')}
        description={t(
          'What this service has used of its ceilings, what its reconciler found, and its alarms.',
        )}
        {...(health.data !== undefined && {
          actions: (
            <Button
              icon={<RotateCw aria-hidden />}
              onClick={() => void health.refetch()}
              busy={health.isFetching}
            >
              {t('Refresh')}
            </Button>
          ),
        })}
      />
      {health.data === undefined ? (
        <Card padded={false}>
          {health.isPending ? (
            <LoadingRows label={t('Loading the service’s health')} />
          ) : (
            <ErrorState
              title={t('The service’s health could not be loaded')}
              error={health.error}
              onRetry={() => void health.refetch()}
              busy={health.isFetching}
            />
          )}
        </Card>
      ) : (
        <div className="flex flex-col gap-5">
          <div className="grid gap-5 lg:grid-cols-2">
            <Ceilings ceilings={health.data.ceilings} />
            <LastPass pass={health.data.reconciler} paused={health.data.paused} />
          </div>
          <AlarmStates alarms={health.data.alarms} />
        </div>
      )}
    </>
  );
}
