import type { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import type { planRoutes } from '../../../core/contract/plans.ts';
import type { AnswerOf } from '../../api.ts';
import { t } from '../../language/t.ts';
import { dateWords } from '../../language/time-words.ts';
import { planPriceWords } from '../../limit-words.ts';
import { Badge, type BadgeTone } from '../../parts/badge.tsx';

type Subscription = NonNullable<AnswerOf<typeof accountRoutes.getMe>['billing']>['subscriptions'][number];
type Plan = AnswerOf<typeof planRoutes.listPlans>['data'][number];

/** A plan, what it costs, and how it stands. */
export function SubscriptionRow({
  subscription,
  plan,
}: {
  subscription: Subscription;
  plan: Plan | undefined;
}) {
  const { tone, label } = states[subscription.status];
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-4 sm:px-5">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="wrap-anywhere font-mono font-semibold">
            {subscription.plan ?? t('a former plan')}
          </span>
          <Badge tone={tone}>{label()}</Badge>
        </p>
        <p className="mt-1 text-ink-soft">{whatNext(subscription)}</p>
      </div>
      <p className="text-ink-soft">{plan && planPriceWords(plan.price)}</p>
    </div>
  );
}

const states: Record<Subscription['status'], { tone: BadgeTone; label: () => string }> = {
  active: { tone: 'success', label: () => t('Active') },
  trialing: { tone: 'accent', label: () => t('Trial') },
  past_due: { tone: 'warning', label: () => t('Payment past due') },
  unpaid: { tone: 'danger', label: () => t('Unpaid') },
  paused: { tone: 'neutral', label: () => t('Paused') },
  incomplete: { tone: 'warning', label: () => t('Not paid yet') },
};

function whatNext({ status, periodEndsAt, endsAt, graceEndsAt }: Subscription): string {
  const on = (time: string) => dateWords(Date.parse(time));
  if (status === 'past_due' && graceEndsAt !== null) {
    return Date.parse(graceEndsAt) > Date.now()
      ? t('The last payment failed. Pay it by {date}, or your keys lose this plan.', {
          date: on(graceEndsAt),
        })
      : t('The last payment failed, and your keys have lost this plan until it is paid.');
  }
  if (status === 'unpaid' || status === 'paused')
    return t('Your keys can’t use this plan until it is paid for again.');
  if (status === 'incomplete') return t('The first payment was not made.');
  if (endsAt !== null) return t('Ends on {date}.', { date: on(endsAt) });
  const date = on(periodEndsAt);
  return status === 'trialing' ? t('The trial ends on {date}.', { date }) : t('Renews on {date}.', { date });
}
