import { limitRows } from '../../../../core/metering/windows.ts';
import { isUnlimited, type Plan } from '../../../../core/plans.ts';
import { type Html, html } from './html.ts';
import type { LandingTexts } from './texts.ts';

/** The plans that `GET /v1/plans` lists. */
export function planList(plans: readonly Plan[], texts: LandingTexts): Html {
  const cards = plans.filter((plan) => !isUnlimited(plan)).map((plan) => card(plan, texts));
  return html`<ul class="plans">${cards}</ul>`;
}

function card(plan: Plan, texts: LandingTexts): Html {
  const count = new Intl.NumberFormat(texts.language);
  const { name, price, requestsPerDay = 0 } = plan;
  return html`<li>
    <h3><code>${name}</code></h3>
    <p class="price">${price}</p>
    <p class="amount"><strong>${count.format(requestsPerDay)}</strong> ${texts.requestsPerDay}</p>
    <ul>${details(plan, texts).map((line) => html`<li>${line}</li>`)}</ul>
  </li>`;
}

function details(plan: Plan, texts: LandingTexts): string[] {
  const count = new Intl.NumberFormat(texts.language);
  const limits = limitRows
    .filter(({ field }) => field !== 'requestsPerDay' && plan[field] !== undefined)
    .map(({ field, unit, kind }) =>
      texts.limit(count.format(plan[field] ?? 0), unit, texts.per[kind] ?? kind),
    );
  return [
    ...limits,
    plan.models === undefined ? texts.allModels : texts.onlyModels(plan.models.join(', ')),
    ...audience(plan, texts),
  ];
}

function audience({ selfService, stripePriceId, for: whom }: Plan, texts: LandingTexts): string[] {
  if (stripePriceId !== undefined) return [];
  if (!selfService) return [texts.givenByAdmin];
  if (whom?.domains !== undefined && whom.domains.length > 0)
    return [
      texts.forAddresses(new Intl.ListFormat(texts.language, { type: 'disjunction' }).format(whom.domains)),
    ];
  return whom === undefined ? [] : [texts.forGroups];
}
