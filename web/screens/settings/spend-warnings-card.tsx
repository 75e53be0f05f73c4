import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { warningSteps } from '../../../core/contract/warning-steps.ts';
import { refusalWords } from '../../account/refusal-words.ts';
import { listWords } from '../../language/list-words.ts';
import { percentWords } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Card } from '../../parts/card.tsx';
import { Checkbox } from '../../parts/forms/checkbox.tsx';
import { useConsole } from '../../shell/console-context.ts';
import { meQueryKey } from '../../shell/session/use-me.ts';

/** Only where the deployment sends mail. */
export function SpendWarningsCard({ email, wanted }: { email: string; wanted: boolean }) {
  const { api } = useConsole();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (spendWarnings: boolean) => api.call(accountRoutes.updateMe, { body: { spendWarnings } }),
    onSuccess: (me) => queries.setQueryData(meQueryKey, me),
  });
  return (
    <Card title={t('Mails')} description={t('Sent to {email}.', { email })}>
      <div className="flex flex-col gap-4">
        <Checkbox
          label={t('Warn me of what is spent')}
          hint={t('At {steps} of a limit in dollars, once each.', {
            steps: listWords(warningSteps.map((step) => percentWords(step / 100))),
          })}
          checked={change.isPending ? change.variables : wanted}
          onChange={(next) => change.mutate(next)}
        />
        {change.isError && <Alert tone="danger">{refusalWords(change.error)}</Alert>}
      </div>
    </Card>
  );
}
