import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest } from '../../chat/chat.ts';
import { alone, invalid, notTaken, unsupported } from '../../chat/request/refuse-field.ts';
import { begunAnswer } from '../../chat/request/turns.ts';
import { lacksThought, smallestBudget } from './to-reasoning.ts';

/** @throws DaypassError for reasoning that the model can't honour, at all or in this request */
export function requireReasoning(request: ChatRequest, model: CatalogModel): void {
  const { reasoning, fieldNames } = request;
  if (reasoning === undefined) return;
  requireEffort(request, model);
  if (reasoning.type === 'off' && model.reasoning === 'none') return;
  if (model.reasoning === 'none') throw notTaken(fieldNames.reasoning, model);
  if (reasoning.type === 'off') requireRest(request, model);
  else if (reasoning.type === 'between-tools') requirePauses(request, model);
  else if (reasoning.type === 'budget') requireBudget(reasoning.tokens, request, model);
  else if (model.reasoning === 'budget') requireRoom(request);
  if (reasoning.type === 'off') return;
  if (model.family === 'claude') requireOwnSampling(request, model);
}

/** An effort beside a budget, or without reasoning, is Claude's only; without a budget it is `high` at most (SDK, `OutputConfig`). */
function requireEffort({ reasoning, fieldNames }: ChatRequest, model: CatalogModel): void {
  if (reasoning?.effort === undefined || reasoning.type === 'effort' || reasoning.type === 'adaptive') return;
  const field = fieldNames.effort ?? fieldNames.reasoning;
  const isTaken = ['both', 'adaptive', 'between-tools', 'always'].includes(model.reasoning);
  const isTooHigh = reasoning.type !== 'budget' && ['xhigh', 'max'].includes(reasoning.effort);
  if (!isTaken || isTooHigh) throw alone(field, fieldNames.reasoning, model);
}

function requireRest({ fieldNames, tools }: ChatRequest, { name, family, reasoning }: CatalogModel): void {
  if (reasoning === 'between-tools' && tools !== undefined) {
    throw unsupported(fieldNames.reasoning, `'${name}' can't be kept from thinking between calls of tools.`);
  }
  if (reasoning !== 'always' && (reasoning !== 'effort' || family === 'nova')) return;
  throw unsupported(fieldNames.reasoning, `'${name}' always thinks before it answers.`);
}

function requirePauses({ fieldNames }: ChatRequest, { name, reasoning }: CatalogModel): void {
  if (reasoning === 'between-tools') return;
  throw unsupported(fieldNames.reasoning, `'${name}' can't be told to think between calls of tools only.`);
}

function requireBudget(tokens: number, request: ChatRequest, model: CatalogModel): void {
  const { fieldNames, maxOutputTokens, turns } = request;
  const { reasoning: field } = fieldNames;
  if (model.reasoning !== 'budget' && model.reasoning !== 'both') {
    throw unsupported(field, `'${model.name}' takes no budget of thinking tokens. Name an effort instead.`);
  }
  if (tokens < smallestBudget) throw invalid(field, `${field} must be at least ${smallestBudget} tokens.`);
  if (maxOutputTokens !== undefined && tokens >= maxOutputTokens) {
    throw invalid(field, `${field} must be less than ${fieldNames.maxOutputTokens}.`);
  }
  if (lacksThought(turns)) {
    throw invalid(
      fieldNames.messages,
      `With ${field}, the message that called the tools must begin with its thinking block, as it came.`,
    );
  }
}

/** An effort becomes a budget, which counts against the output limit. */
function requireRoom({ fieldNames, maxOutputTokens }: ChatRequest): void {
  if (maxOutputTokens === undefined || maxOutputTokens > smallestBudget) return;
  throw invalid(
    fieldNames.maxOutputTokens,
    `${fieldNames.maxOutputTokens} must be more than ${smallestBudget} with ${fieldNames.reasoning}.`,
  );
}

/** Fields that Claude takes only without thinking (Anthropic's guide to extended thinking). */
function requireOwnSampling(request: ChatRequest, model: CatalogModel): void {
  const { fieldNames, tools, temperature, topP, topK, turns } = request;
  const { reasoning } = fieldNames;
  const forced = tools?.choice.type === 'any' || tools?.choice.type === 'tool';
  if (forced) throw alone(fieldNames.toolChoice, reasoning, model);
  if (temperature !== undefined && temperature !== 1) throw alone(fieldNames.temperature, reasoning, model);
  if (topP !== undefined && topP < 0.95) throw alone(fieldNames.topP, reasoning, model);
  if (topK !== undefined) throw alone(fieldNames.topK ?? 'top_k', reasoning, model);
  if (begunAnswer(turns)) {
    throw unsupported(
      fieldNames.messages,
      `'${model.name}' can't think before an answer that has begun already: end with a user message.`,
    );
  }
}
