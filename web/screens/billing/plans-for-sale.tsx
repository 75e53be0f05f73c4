import { refusalWords } from '../../account/refusal-words.ts';
import { t } from '../../language/t.ts';
import { limitWords, planPriceWords } from '../../limit-words.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { useMe } from '../../shell/session/use-me.ts';
import { usePlans } from '../../shell/use-plans.ts';
import { useCheckout } from './use-checkout.ts';

interface PlansForSaleProps {
  /** The plan that the user came for. */
  picked: string | null;
  /** Paid for, as they say who come back from there: nobody is to pay twice while Stripe's event is on its way. */
  awaited: string | null;
}

/** Plans that are paid for, each with what it has and costs. */
export function PlansForSale({ picked, awaited }: PlansForSaleProps) {
  const plans = usePlans();
  const { data: me } = useMe();
  const checkout = useCheckout();
  const paid = (me?.billing?.subscriptions ?? []).filter(({ status }) => status !== 'incomplete');
  const hasOne = paid.length > 0;
  return (
    <Card title={hasOne ? t('Change your plan') : t('Plans')} padded={false}>
      {plans.isPending && <LoadingRows label={t('Loading the plans')} rows={2} />}
      {plans.isError && plans.data === undefined && (
        <ErrorState
          title={t('The plans could not be loaded')}
          error={plans.error}
          onRetry={() => void plans.refetch()}
          busy={plans.isFetching}
        />
      )}
      {checkout.isError && (
        <div className="px-4 pt-4 sm:px-5">
          <Alert tone="danger">{refusalWords(checkout.error)}</Alert>
        </div>
      )}
      <ul className="divide-y divide-line">
        {plans.data?.data
          .filter(({ stripePriceId }) => stripePriceId !== null)
          .map(({ name, price, requestsPerDay, ...plan }) => {
            const isCurrent = paid.some((one) => one.plan === name);
            return (
              <li
                key={name}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-4 sm:px-5"
              >
                <div className="min-w-0">
                  <h3 className="wrap-anywhere font-mono font-semibold">{name}</h3>
                  <p className="text-ink-soft">
                    {[...limitWords({ requestsPerDay }), ...limitWords(plan)].join(', ')}
                  </p>
                  <p className="font-medium">{planPriceWords(price)}</p>
                </div>
                {isCurrent || name === awaited ? (
                  <span className="text-ink-soft">{isCurrent ? t('Your plan') : t('Being confirmed')}</span>
                ) : (
                  <Button
                    variant={name === picked ? 'primary' : 'secondary'}
                    busy={checkout.variables === name && (checkout.isPending || checkout.isSuccess)}
                    onClick={() => checkout.mutate(name)}
                  >
                    {hasOne ? t('Change to {name}', { name }) : t('Subscribe to {name}', { name })}
                  </Button>
                )}
              </li>
            );
          })}
      </ul>
    </Card>
  );
}
