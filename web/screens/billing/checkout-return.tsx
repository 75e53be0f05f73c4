import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { useMe } from '../../shell/session/use-me.ts';

/** How often to look for what Stripe's event has changed. */
const lookAgainMs = 2000;

/**
 * What became of the checkout that the user comes back from. Stripe tells the API by an event of its own, which may come a moment
 * later.
 * @param plan that was paid for; null: the user left without paying
 */
export function CheckoutReturn({ plan }: { plan: string | null }) {
  const queries = useQueryClient();
  const me = useMe();
  const isPaid =
    plan !== null && me.data?.plans.includes(plan) === true && isSubscribed(me.data.billing, plan);
  const isWaiting = plan !== null && !isPaid;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['me'] }), lookAgainMs);
    return () => clearInterval(timer);
  }, [isWaiting, queries]);

  if (plan === null) return <Alert tone="info">{t('You left without paying. Nothing was changed.')}</Alert>;
  if (!isPaid) {
    return (
      <Alert tone="info" title={t('Waiting for Stripe’s confirmation')}>
        {t(
          'It usually comes within seconds. You can leave this page; your plan changes as soon as it is there.',
        )}
      </Alert>
    );
  }
  return (
    <Alert
      tone="success"
      title={t('You now have the plan {plan}', { plan })}
      action={
        <LinkButton to={`/keys/new?plan=${encodeURIComponent(plan)}`} size="small">
          {t('Create a key on it')}
        </LinkButton>
      }
    >
      {t('Keys of a plan that you had before have been moved, and keep working.')}
    </Alert>
  );
}

type Billing = NonNullable<ReturnType<typeof useMe>['data']>['billing'];

function isSubscribed(billing: Billing, plan: string): boolean {
  return billing?.subscriptions.some((one) => one.plan === plan && one.status !== 'incomplete') === true;
}
