import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest, ChatTurn, ReasoningEffort, ReasoningRequest } from '../../chat/chat.ts';
import type { ConverseRequest, Json } from './converse-shapes.ts';

/** The fields of a request that control reasoning. */
export interface ReasoningFields {
  additional: { [name: string]: Json };
  output: Pick<NonNullable<ConverseRequest['outputConfig']>, 'effort'>;
}

/** Budgets that stand for efforts, for models that take only budgets. Claude's smallest is 1,024. */
const budgets: Record<ReasoningEffort, number> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_768,
};

export const smallestBudget = budgets.minimal;
const noFields: ReasoningFields = { additional: {}, output: {} };

/**
 * Each family has fields of its own (docs/models.md has the sources). What a model can't honour was refused before.
 *
 * @param forced whether a tool must be called, which Claude refuses while it thinks
 */
export function toReasoning(
  { reasoning, turns }: Pick<ChatRequest, 'reasoning' | 'turns'>,
  model: CatalogModel,
  { maxTokens, forced }: { maxTokens: number; forced: boolean },
): ReasoningFields {
  if (model.reasoning === 'none') return noFields;
  if (model.reasoning === 'effort') {
    return reasoning === undefined ? noFields : { additional: effortFields(reasoning, model), output: {} };
  }
  if (reasoning === undefined) {
    // It would reason by default.
    return forced && model.reasoning === 'adaptive' ? thinking({ type: 'disabled' }) : noFields;
  }
  const output = reasoning.effort === undefined ? {} : { effort: claudeEffort(reasoning.effort, model) };
  if (reasoning.type === 'off' || reasoning.type === 'between-tools') {
    const type = model.reasoning === 'between-tools' ? 'between_tools' : 'disabled';
    return { ...thinking({ type }), output };
  }
  if (reasoning.type === 'budget') {
    return { ...thinking({ type: 'enabled', budget_tokens: reasoning.tokens }), output };
  }
  if (model.reasoning !== 'budget') {
    // From Claude 4.7 on, answers leave reasoning out unless it is requested.
    const isHidden = reasoning.type === 'adaptive' && reasoning.hidden === true;
    const display = model.reasoning === 'both' || isHidden ? {} : { display: 'summarized' };
    return { ...thinking({ type: 'adaptive', ...display }), output };
  }
  // It wants its reasoning back, which a dialect with efforts may not carry: it then goes on without reasoning.
  if (lacksThought(turns)) return noFields;
  // Reasoning is part of the output: some of the limit must be left for the answer.
  const room = Math.max(smallestBudget, maxTokens - 1024);
  return thinking({ type: 'enabled', budget_tokens: Math.min(budgetOf(reasoning), room) });
}

/** Tokens of reasoning to add to a limit that the caller didn't set. */
export function thoughtTokens(
  { reasoning, turns }: Pick<ChatRequest, 'reasoning' | 'turns'>,
  model: CatalogModel,
): number {
  const isTold = reasoning !== undefined && reasoning.type !== 'off' && model.reasoning === 'budget';
  return isTold && !lacksThought(turns) ? budgetOf(reasoning) : 0;
}

function budgetOf(reasoning: ReasoningRequest): number {
  return reasoning.type === 'budget' ? reasoning.tokens : budgets[reasoning.effort ?? 'medium'];
}

/** Claude 4.6 has no level between high and max. */
function claudeEffort(effort: ReasoningEffort, { reasoning }: CatalogModel): string {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' && reasoning === 'both' ? 'high' : effort;
}

function thinking(config: { [name: string]: Json }): ReasoningFields {
  return { additional: { thinking: config }, output: {} };
}

function effortFields(reasoning: ReasoningRequest, { family }: CatalogModel): { [name: string]: Json } {
  if (family === 'nova') {
    if (reasoning.type === 'off') return { reasoningConfig: { type: 'disabled' } };
    return { reasoningConfig: { type: 'enabled', maxReasoningEffort: novaEffort(reasoning) } };
  }
  const effort = reasoning.effort;
  return effort === undefined ? {} : { reasoning_effort: threeLevels(effort) };
}

function novaEffort(reasoning: ReasoningRequest): 'low' | 'medium' | 'high' {
  return threeLevels(reasoning.effort ?? 'medium');
}

function threeLevels(effort: ReasoningEffort): 'low' | 'medium' | 'high' {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' || effort === 'max' ? 'high' : effort;
}

/**
 * Whether tools have answered a call that no reasoning precedes. With a thinking budget, Claude then refuses to go on
 * (Anthropic's guide to extended thinking).
 */
export function lacksThought(turns: readonly ChatTurn[]): boolean {
  const answered = turns.at(-1)?.parts.some(({ type }) => type === 'tool-result') === true;
  const [first] = turns.findLast(({ role }) => role === 'assistant')?.parts ?? [];
  return answered && first?.type !== 'reasoning' && first?.type !== 'redacted-reasoning';
}

/** Nova refuses any limit with its high effort, also our default. */
export function takesNoLimit({ reasoning }: ChatRequest, { family, reasoning: kind }: CatalogModel): boolean {
  return (
    family === 'nova' &&
    kind === 'effort' &&
    reasoning !== undefined &&
    reasoning.type !== 'off' &&
    novaEffort(reasoning) === 'high'
  );
}
