import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest, ReasoningEffort, ReasoningWish } from '../../chat/chat.ts';
import type { ConverseRequest, Json } from './converse-shapes.ts';
import { lacksThought } from './last-turns.ts';

/** The share of a request that tells a model how much to think. */
export interface ReasoningFields {
  additional: { [name: string]: Json };
  output: Pick<NonNullable<ConverseRequest['outputConfig']>, 'effort'>;
}

/** Tokens of thought that stand for an effort, for models told by a budget. Claude thinks with 1,024 at least. */
const budgets: Record<ReasoningEffort, number> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_768,
};

export const smallestBudget = budgets.minimal;
const untold: ReasoningFields = { additional: {}, output: {} };

/**
 * Each family is told in words of its own (docs/models.md has the sources). What a model can't honour was
 * refused before.
 *
 * @param forced whether a tool must be called, which Claude refuses while it thinks
 */
export function toReasoning(
  { reasoning: wish, turns }: Pick<ChatRequest, 'reasoning' | 'turns'>,
  model: CatalogModel,
  { maxTokens, forced }: { maxTokens: number; forced: boolean },
): ReasoningFields {
  if (model.reasoning === 'none') return untold;
  if (model.reasoning === 'effort') {
    return wish === undefined ? untold : { additional: effortFields(wish, model), output: {} };
  }
  if (wish === undefined) {
    // Thinks by itself otherwise.
    return forced && model.reasoning === 'adaptive' ? thinking({ type: 'disabled' }) : untold;
  }
  const output = wish.effort === undefined ? {} : { effort: claudeEffort(wish.effort, model) };
  if (wish.type === 'off' || wish.type === 'between-tools') {
    const type = model.reasoning === 'between-tools' ? 'between_tools' : 'disabled';
    return { ...thinking({ type }), output };
  }
  if (wish.type === 'budget') {
    return { ...thinking({ type: 'enabled', budget_tokens: wish.tokens }), output };
  }
  if (model.reasoning !== 'budget') {
    // From Claude 4.7 on thought is left out of the answer unless it is asked for.
    const display = model.reasoning === 'both' ? {} : { display: 'summarized' };
    return { ...thinking({ type: 'adaptive', ...display }), output };
  }
  // It wants its thought back, and a dialect told by efforts may carry none: then it goes on without.
  if (lacksThought(turns)) return untold;
  // Thought is part of the output: some of the limit must be left for the answer.
  const room = Math.max(smallestBudget, maxTokens - 1024);
  return thinking({ type: 'enabled', budget_tokens: Math.min(budgetOf(wish), room) });
}

/** What an effort takes of a limit that the caller didn't set. */
export function thoughtTokens(
  { reasoning: wish, turns }: Pick<ChatRequest, 'reasoning' | 'turns'>,
  model: CatalogModel,
): number {
  const isTold = wish !== undefined && wish.type !== 'off' && model.reasoning === 'budget';
  return isTold && !lacksThought(turns) ? budgetOf(wish) : 0;
}

function budgetOf(wish: ReasoningWish): number {
  return wish.type === 'budget' ? wish.tokens : budgets[wish.effort ?? 'medium'];
}

/** Claude 4.6 knows no level between high and max. */
function claudeEffort(effort: ReasoningEffort, { reasoning }: CatalogModel): string {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' && reasoning === 'both' ? 'high' : effort;
}

function thinking(told: { [name: string]: Json }): ReasoningFields {
  return { additional: { thinking: told }, output: {} };
}

function effortFields(wish: ReasoningWish, { family }: CatalogModel): { [name: string]: Json } {
  if (family === 'nova') {
    if (wish.type === 'off') return { reasoningConfig: { type: 'disabled' } };
    return { reasoningConfig: { type: 'enabled', maxReasoningEffort: novaEffort(wish) } };
  }
  const effort = wish.effort;
  return effort === undefined ? {} : { reasoning_effort: threeLevels(effort) };
}

export function novaEffort(wish: ReasoningWish): 'low' | 'medium' | 'high' {
  return threeLevels(wish.effort ?? 'medium');
}

function threeLevels(effort: ReasoningEffort): 'low' | 'medium' | 'high' {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' || effort === 'max' ? 'high' : effort;
}
