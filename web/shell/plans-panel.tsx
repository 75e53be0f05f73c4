import { countWords } from '../language/number-words.ts';
import { T } from '../language/rich-text.tsx';
import { t } from '../language/t.ts';
import { priceWithinSentence } from '../limit-words.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { useConsole } from './console-context.ts';
import { usePlans } from './use-plans.ts';

/** What a new user signs up for, beside the form on wide screens. If the plans can't be loaded, it shows the rest. */
export function PlansPanel() {
  const plans = usePlans();
  const { sentence } = useConsole().config.site;
  return (
    <aside
      aria-label={t('What you get')}
      className="hidden flex-col justify-center border-line border-l bg-sunken px-10 py-12 lg:flex xl:px-16"
    >
      {/* Nobody has said which language the operator's own words are in. */}
      <p
        lang={sentence === null ? undefined : ''}
        className="max-w-sm text-balance font-semibold text-xl tracking-tight"
      >
        {sentence ?? t('An API key for language models, with a daily plan.')}
      </p>
      <p className="mt-2 max-w-sm text-ink-soft">
        {t(
          'It works with the OpenAI or Anthropic client you already use. When you have used up the day’s requests, the API says so and tells you when the next day starts.',
        )}
      </p>
      {!plans.isError && (
        <ul className="mt-8 flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
          {plans.isPending && (
            <li className="p-4">
              <Skeleton className="h-5 w-40" />
            </li>
          )}
          {plans.data?.data.map((plan) => (
            <li key={plan.name} className="flex items-baseline justify-between gap-4 px-4 py-3">
              <span className="min-w-0 truncate font-mono text-sm">{plan.name}</span>
              <span className="shrink-0 text-ink-soft text-sm tabular-nums">
                <T
                  text="{requestsPerDay} a day · {price}"
                  requestsPerDay={
                    <strong className="font-semibold text-ink">{countWords(plan.requestsPerDay)}</strong>
                  }
                  price={priceWithinSentence(plan.price)}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}
