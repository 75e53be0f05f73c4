import { RotateCw } from 'lucide-react';
import { ApiError } from '../../api-error.ts';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { ActivityEmpty, ActivityOff } from './activity-empty.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { CallList } from './call-list.tsx';
import { type Activity, useActivity } from './use-activity.ts';

export function ActivityScreen() {
  const activity = useActivity();
  const { isFetching, isLoading, refresh, error } = activity;
  return (
    <>
      <PageHeader
        title={t('Activity')}
        description={t(
          'Your calls that have ended, newest first, and those that were refused. What was said is not kept.',
        )}
        {...(!isLoading &&
          error === null && {
            actions: (
              <Button icon={<RotateCw aria-hidden />} onClick={refresh} busy={isFetching}>
                {t('Refresh')}
              </Button>
            ),
          })}
      />
      <div className="flex flex-col gap-5">
        {!isOff(activity) && <ActivityFilters activity={activity} />}
        <div className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface shadow-card">
          <Content activity={activity} />
        </div>
      </div>
    </>
  );
}

function Content({ activity }: { activity: Activity }) {
  const { calls, error, isLoading, isFetching, retry, filters, choose } = activity;
  if (isOff(activity)) return <ActivityOff />;
  if (error !== null && calls.length === 0) {
    return (
      <ErrorState
        title={t('Your calls could not be loaded')}
        error={error}
        onRetry={retry}
        busy={isFetching}
        {...(filters.key !== undefined && {
          action: <Button onClick={() => choose({ key: undefined })}>{t('Show all keys')}</Button>,
        })}
      />
    );
  }
  if (isLoading) return <LoadingRows label={t('Loading your calls')} rows={8} />;
  if (calls.length === 0) return <ActivityEmpty activity={activity} />;
  return <CallList activity={activity} />;
}

/** The operator keeps no list of calls. With a key in the address, the same answer is about the key. */
function isOff({ error, filters }: Activity): boolean {
  return error instanceof ApiError && error.code === 'not_found' && filters.key === undefined;
}
