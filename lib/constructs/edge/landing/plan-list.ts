import { isUnlimited, type Plan } from '../../../../core/plans.ts';
import { choiceWords } from '../../../../web/language/list-words.ts';
import { countWords } from '../../../../web/language/number-words.ts';
import { t } from '../../../../web/language/t.ts';
import { limitWords, planPriceWords } from '../../../../web/limit-words.ts';
import { type Html, html } from './html.ts';

/** The plans that `GET /v1/plans` lists. */
export function planList(plans: readonly Plan[]): Html {
  const cards = plans.filter((plan) => !isUnlimited(plan)).map(card);
  return html`<ul class="plans">${cards}</ul>`;
}

function card(plan: Plan): Html {
  const { name, price, requestsPerDay = 0 } = plan;
  return html`<li>
    <h3><code>${name}</code></h3>
    <p class="price">${planPriceWords(price)}</p>
    <p class="amount"><strong>${countWords(requestsPerDay)}</strong> ${t('{count, plural, one {request a day} other {requests a day}}', { count: requestsPerDay })}</p>
    <ul>${details(plan).map((line) => html`<li>${line}</li>`)}</ul>
  </li>`;
}

function details({ requestsPerDay: _, ...plan }: Plan): string[] {
  return [
    ...limitWords(plan),
    plan.models === undefined ? t('Every model') : t('Only {names}', { names: plan.models.join(', ') }),
    ...audience(plan),
  ];
}

function audience({ selfService, stripePriceId, for: whom }: Omit<Plan, 'requestsPerDay'>): string[] {
  if (stripePriceId !== undefined) return [];
  if (!selfService) return [t('Given by an admin')];
  if (whom?.domains !== undefined && whom.domains.length > 0)
    return [t('For addresses at {domains}', { domains: choiceWords(whom.domains) })];
  return whom === undefined ? [] : [t('For members of some groups')];
}
