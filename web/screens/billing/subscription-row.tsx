import type { accountRoutes } from '../../../core/contract/accounts.ts';
import type { planRoutes } from '../../../core/contract/plans.ts';
import type { AnswerOf } from '../../api.ts';
import { Badge, type BadgeTone } from '../../parts/badge.tsx';
import { dateWords } from '../../time-words.ts';

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
            {subscription.plan ?? 'a former plan'}
          </span>
          <Badge tone={tone}>{label}</Badge>
        </p>
        <p className="mt-1 text-ink-soft">{whatNext(subscription)}</p>
      </div>
      <p className="text-ink-soft">{plan?.price}</p>
    </div>
  );
}

const states: Record<Subscription['status'], { tone: BadgeTone; label: string }> = {
  active: { tone: 'success', label: 'active' },
  trialing: { tone: 'accent', label: 'trial' },
  past_due: { tone: 'warning', label: 'payment past due' },
  unpaid: { tone: 'danger', label: 'unpaid' },
  paused: { tone: 'neutral', label: 'paused' },
  incomplete: { tone: 'warning', label: 'not paid yet' },
};

function whatNext({ status, periodEndsAt, endsAt, graceEndsAt }: Subscription): string {
  const on = (time: string) => dateWords(Date.parse(time));
  if (status === 'past_due' && graceEndsAt !== null) {
    return Date.parse(graceEndsAt) > Date.now()
      ? `The last payment failed. Pay it by ${on(graceEndsAt)}, or your keys lose this plan.`
      : 'The last payment failed, and your keys have lost this plan until it is paid.';
  }
  if (status === 'unpaid' || status === 'paused')
    return 'Your keys can’t use this plan until it is paid for again.';
  if (status === 'incomplete') return 'The first payment was not made.';
  if (endsAt !== null) return `Ends on ${on(endsAt)}.`;
  return status === 'trialing' ? `The trial ends on ${on(periodEndsAt)}.` : `Renews on ${on(periodEndsAt)}.`;
}
