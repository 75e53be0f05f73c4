import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import type { CreateKeyBody } from '../../../../core/contract/key-requests.ts';
import { useLiveKeys } from '../../../keys/use-live-keys.ts';
import { t } from '../../../language/t.ts';
import { Card } from '../../../parts/card.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { useMe } from '../../../shell/session/use-me.ts';
import { useModels } from '../../../shell/use-models.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import { NewKeyDialog } from '../secret/late-new-key-dialog.ts';
import { useKeyMaker } from '../secret/use-key-maker.ts';
import { CreateKeyFields } from './create-key-fields.tsx';

export function CreateKeyScreen() {
  const api = useApi();
  const navigate = useNavigate();
  const [model, setModel] = useState<string>();
  const maker = useKeyMaker((body: CreateKeyBody, idempotencyKey) =>
    api.call(keyRoutes.createApiKey, { body, idempotencyKey }),
  );
  const plans = usePlans();
  return (
    <>
      <PageHeader
        title={t('Create a key')}
        description={t(
          'All it takes is a name and a plan. The key is shown once, right after you create it.',
        )}
      />
      <Form
        isMade={maker.made !== undefined}
        onCreate={async (body) => {
          const plan = plans.data?.data.find(({ name }) => name === body.plan);
          setModel(body.models?.[0] ?? plan?.models?.[0]);
          await maker.run(body);
        }}
      />
      {maker.made !== undefined && (
        <NewKeyDialog
          made={maker.made}
          title={t('Your new key')}
          model={model}
          onClose={(isLeaving) => isLeaving || navigate('/keys', { replace: true })}
        />
      )}
    </>
  );
}

interface FormProps {
  isMade: boolean;
  onCreate: (body: CreateKeyBody) => Promise<void>;
}

function Form({ isMade, onCreate }: FormProps) {
  const plans = usePlans();
  const models = useModels();
  const live = useLiveKeys();
  const me = useMe();
  const [search] = useSearchParams();
  if (plans.isPending || live.isPending || me.isPending) {
    return (
      <Card>
        <LoadingRows label={t('Loading the plans')} />
      </Card>
    );
  }
  if (plans.data === undefined) {
    return (
      <Card>
        <ErrorState
          title={t('The plans could not be loaded')}
          error={plans.error}
          onRetry={() => void plans.refetch()}
          busy={plans.isFetching}
        />
      </Card>
    );
  }
  return (
    <CreateKeyFields
      plans={plans.data.data}
      // The form works without these two: the API checks them anyway.
      allowed={me.data?.plans}
      // Don't report the plan as taken by the key that was just made.
      liveKeys={isMade ? [] : (live.data ?? [])}
      picked={search.get('plan') ?? undefined}
      models={models.data?.data.map(({ id }) => id) ?? []}
      onCreate={onCreate}
    />
  );
}
