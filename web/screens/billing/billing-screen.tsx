import { useMutation } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { billingRoutes } from '../../../core/contract/billing.ts';
import { refusalWords } from '../../account/refusal-words.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { useApi, useConsole } from '../../shell/console-context.ts';
import { useMe } from '../../shell/session/use-me.ts';
import { usePlans } from '../../shell/use-plans.ts';
import { CheckoutReturn } from './checkout-return.tsx';
import { PlansForSale } from './plans-for-sale.tsx';
import { SubscriptionRow } from './subscription-row.tsx';

/** What the user pays for. Paying itself is on Stripe's pages. */
export function BillingScreen() {
  const { config } = useConsole();
  return config.billing ? <Billing /> : <Navigate to="/settings" replace />;
}

function Billing() {
  const [search] = useSearchParams();
  const isPaid = search.get('checkout') === 'paid';
  const plan = search.get('plan');
  return (
    <>
      <PageHeader
        title={t('Billing')}
        description={t('What you pay for. Payments, invoices and cards are on Stripe’s pages.')}
      />
      <div className="flex max-w-3xl flex-col gap-6">
        {search.get('checkout') !== null && <CheckoutReturn plan={isPaid ? plan : null} />}
        <Subscriptions />
        <PlansForSale picked={plan} awaited={isPaid ? plan : null} />
      </div>
    </>
  );
}

function Subscriptions() {
  const me = useMe();
  const plans = usePlans();
  const billing = me.data?.billing;
  return (
    <Card
      title={t('Your subscription')}
      padded={false}
      actions={billing?.hasCustomer === true && <ManageButton />}
    >
      {me.isPending && <LoadingRows label={t('Loading your subscription')} rows={1} />}
      {me.isError && me.data === undefined && (
        <ErrorState
          title={t('Your subscription could not be loaded')}
          error={me.error}
          onRetry={() => void me.refetch()}
          busy={me.isFetching}
        />
      )}
      {billing?.subscriptions.length === 0 && (
        <Line>{t('You pay for nothing. Free plans need no subscription.')}</Line>
      )}
      {billing?.subscriptions.map((one) => (
        <SubscriptionRow
          key={`${one.plan}-${one.periodEndsAt}`}
          subscription={one}
          plan={plans.data?.data.find(({ name }) => name === one.plan)}
        />
      ))}
    </Card>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <p className="px-4 py-4 text-ink-soft sm:px-5">{children}</p>;
}

/** Invoices, payment methods, cancelling. */
function ManageButton() {
  const api = useApi();
  const portal = useMutation({
    mutationFn: () => api.call(billingRoutes.openBillingPortal),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button
        icon={<ExternalLink aria-hidden />}
        // Until the page is left.
        busy={portal.isPending || portal.isSuccess}
        onClick={() => portal.mutate()}
      >
        {t('Manage billing')}
      </Button>
      {portal.isError && <Alert tone="danger">{refusalWords(portal.error)}</Alert>}
    </div>
  );
}
