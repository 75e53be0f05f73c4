import { t } from '../language/t.ts';
import { dollars, makerWords } from './listing-words.ts';
import { type Ability, abilitiesOf, isChatModel, type Model } from './model-facts.ts';

/** Of a million tokens: `$0.06 in, $0.24 out`. */
export function priceWords(model: Model): string {
  const { input } = model.pricing.per_million_tokens;
  if (!isChatModel(model)) return dollars(input);
  const { output } = model.pricing.per_million_tokens;
  return t('{input} in, {output} out', { input: dollars(input), output: dollars(output) });
}

export const abilityWords: Record<Ability, () => { name: string; meaning: string }> = {
  images: () => ({ name: t('Images'), meaning: t('Looks at images in a question') }),
  documents: () => ({ name: t('Documents'), meaning: t('Reads documents in a question, such as PDFs') }),
  tools: () => ({ name: t('Tools'), meaning: t('Calls functions that you describe') }),
  json: () => ({ name: t('JSON'), meaning: t('Answers in JSON by a schema') }),
  reasoning: () => ({ name: t('Reasoning'), meaning: t('Thinks before it answers') }),
};

/** Whether all words of a search occur in what is said of the model. */
export function isFound(model: Model, search: string): boolean {
  const facts = isChatModel(model) ? abilitiesOf(model).map((ability) => abilityWords[ability]().name) : [];
  const text = [model.id, model.owned_by, makerWords(model), ...facts].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
