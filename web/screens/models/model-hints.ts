import { t } from '../../language/t.ts';
import { abilitiesOf, type ChatModel } from '../../models/model-facts.ts';

/** How a request gets the best out of a model, as far as its facts say. */
export function modelHints(model: ChatModel): string[] {
  const can = abilitiesOf(model);
  return [
    sampling[model.sampling](),
    json[model.structured_output](),
    can.includes('reasoning')
      ? t(
          'An effort (reasoning_effort) for hard questions; leave room for its thoughts in the limit of tokens.',
        )
      : t('Plain questions: it answers at once, without thinking first.'),
    can.includes('tools') ? undefined : t('Text alone: it can’t be given tools.'),
    model.stop_sequences ? undefined : t('A limit of tokens rather than stop texts, which it doesn’t take.'),
    model.pricing.per_million_tokens.cached_input < model.pricing.per_million_tokens.input
      ? t('The same long beginning in each call, which then costs less from the cache.')
      : undefined,
  ].filter((hint) => hint !== undefined);
}

const sampling: Record<ChatModel['sampling'], () => string | undefined> = {
  both: () => undefined,
  one: () => t('Either temperature or top_p, not both.'),
  none: () => t('Its own sampling: leave temperature and top_p out.'),
};

const json: Record<ChatModel['structured_output'], () => string | undefined> = {
  native: () => t('A JSON schema, which holds its answer exactly.'),
  tool: () => t('A JSON schema, beside no tools of your own.'),
  prompt: () => t('A JSON schema that is simple: it follows it by instruction, and the answer is checked.'),
  none: () => undefined,
};
