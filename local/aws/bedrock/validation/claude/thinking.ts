import { refusedByModel } from '../../errors.ts';
import { isObject } from '../../json-fields.ts';
import { isOwnReasoning } from '../../pretend/reasoning-signature.ts';
import type { CheckedRequest } from '../checked-request.ts';
import { forcesTool } from './tools.ts';

const smallestBudgetTokens = 1024;

export function validateClaudeThinking(request: CheckedRequest): void {
  if (request.traits.family !== 'claude') return;
  refuseForeignReasoning(request);
  const { additionalFields, traits } = request;
  const config = additionalFields.thinking ?? additionalFields.reasoning_config;
  if (!isObject(config)) return;
  if (config.type === 'disabled') {
    if (traits.thinking !== 'always' && traits.thinking !== 'between-tools') return;
    throw refusedByModel('"thinking.type.disabled" is not supported for this model.');
  }
  if (config.type === 'between_tools') {
    if (traits.thinking === 'between-tools') return;
    throw refusedByModel('"thinking.type.between_tools" is not supported for this model.');
  }
  if (traits.thinking === 'none') throw refusedByModel('thinking: Extra inputs are not permitted');
  if (config.type === 'adaptive' && traits.thinking === 'budget') {
    throw refusedByModel('adaptive thinking is not supported on this model');
  }
  if (config.type === 'enabled') refuseBudget(request, config.budget_tokens);
  if (forcesTool(request)) {
    throw refusedByModel('Thinking may not be enabled when tool_choice forces tool use.');
  }
  refuseSampling(request);
}

function refuseBudget({ inference, messages, traits }: CheckedRequest, budget: unknown): void {
  if (['adaptive', 'between-tools', 'always'].includes(traits.thinking)) {
    throw refusedByModel(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    );
  }
  if (typeof budget !== 'number') throw refusedByModel('thinking.enabled.budget_tokens: Field required');
  if (budget < smallestBudgetTokens) {
    throw refusedByModel(
      `thinking.enabled.budget_tokens: Input should be greater than or equal to ${smallestBudgetTokens}`,
    );
  }
  if (inference.maxTokens !== undefined && inference.maxTokens <= budget) {
    throw refusedByModel('`max_tokens` must be greater than `thinking.budget_tokens`.');
  }
  const at = messages.findLastIndex(({ role }) => role === 'assistant');
  const answered = messages.at(-1)?.content.some(({ kind }) => kind === 'toolResult') === true;
  const first = messages[at]?.content[0]?.kind;
  if (answered && first !== 'reasoning' && first !== 'redactedReasoning') {
    throw refusedByModel(
      `messages.${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first === 'toolUse' ? 'tool_use' : first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`,
    );
  }
}

function refuseSampling({ additionalFields, inference }: CheckedRequest): void {
  if (inference.temperature !== undefined && inference.temperature !== 1) {
    throw refusedByModel('`temperature` may only be set to 1 when thinking is enabled.');
  }
  if (inference.topP !== undefined && inference.topP < 0.95) {
    throw refusedByModel('`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.');
  }
  if (additionalFields.top_k !== undefined) {
    throw refusedByModel('`top_k` must be unset when thinking is enabled.');
  }
}

/** Reasoning sent back must be the model's own, which its signature proves. */
function refuseForeignReasoning({ messages }: CheckedRequest): void {
  for (const [index, { content }] of messages.entries()) {
    for (const [at, block] of content.entries()) {
      if (block.kind !== 'reasoning') continue;
      const path = `messages.${index}.content.${at}`;
      if (block.signature === undefined) throw refusedByModel(`${path}.thinking.signature: Field required`);
      if (!isOwnReasoning(block.text, block.signature)) {
        throw refusedByModel(`${path}: Invalid \`signature\` in \`thinking\` block`);
      }
    }
  }
}
