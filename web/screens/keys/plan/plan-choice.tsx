import type { Ref } from 'react';
import type { Key } from '../../../keys/key.ts';
import { fitOf, holdersOf, type Plan } from '../../../keys/plan-places.ts';
import { countWords } from '../../../language/number-words.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { limitWords, planPriceWords } from '../../../limit-words.ts';
import { ChoiceCards } from '../../../parts/forms/choice-cards.tsx';

interface PlanChoiceProps {
  plans: readonly Plan[];
  /** Names of the plans this user may choose; undefined until they have loaded. */
  allowed: readonly string[] | undefined;
  /** The plan that the key has now. */
  current?: string;
  liveKeys: readonly Key[];
  value: string;
  onChange: (plan: string) => void;
  error?: string | undefined;
  inputRef: Ref<HTMLInputElement>;
}

/** Each plan with its limits, and whether it has a place left. */
export function PlanChoice({
  plans,
  allowed,
  current,
  liveKeys,
  value,
  onChange,
  error,
  inputRef,
}: PlanChoiceProps) {
  return (
    <ChoiceCards
      label={t('Plan')}
      value={value}
      onChange={onChange}
      error={error}
      inputRef={inputRef}
      options={plans.map((plan) => {
        const holders = holdersOf(plan, liveKeys);
        // `10-per-day` says it itself.
        const isNamedByNumber = plan.name === `${plan.requestsPerDay}-per-day`;
        const isAllowed = plan.name === current || (allowed?.includes(plan.name) ?? true);
        return {
          value: plan.name,
          title: plan.name,
          disabled: !isAllowed || (holders.length > 0 && plan.name !== current),
          children: (
            <>
              <span className="mb-1 text-ink sm:min-h-10">{fitOf(plan, plans)}</span>
              {!isNamedByNumber && (
                <span className="mb-1 flex flex-wrap items-baseline gap-x-1.5 text-ink">
                  <T
                    text="{count, plural, one {<big>{number}</big> request a day} other {<big>{number}</big> requests a day}}"
                    count={plan.requestsPerDay}
                    number={countWords(plan.requestsPerDay)}
                    big={(number) => (
                      <strong className="font-semibold text-xl tracking-tight tabular-nums">{number}</strong>
                    )}
                  />
                </span>
              )}
              {restOf(plan).map((line) => (
                <span key={line}>{line}</span>
              ))}
              <span>{planPriceWords(plan.price)}</span>
              {plan.name === current && <span>{t('Current plan')}</span>}
              {!isAllowed && (
                <span className="text-warning">
                  {plan.stripePriceId === null ? t('Ask an admin for this plan') : t('Needs a subscription')}
                </span>
              )}
              {isAllowed && holders.length > 0 && (
                <span className="wrap-anywhere text-warning">
                  {t('In use by {names}', { names: namesOf(holders) })}
                </span>
              )}
            </>
          ),
        };
      })}
    />
  );
}

function restOf({ requestsPerDay: _headline, ...plan }: Plan): string[] {
  return [...limitWords(plan), plan.models === null ? t('All models') : plan.models.join(', ')];
}

const namesOf = (keys: readonly Key[]) => keys.map(({ name }) => t('“{name}”', { name })).join(', ');
