import { invalid } from '../errors.ts';
import type { CheckedRequest } from './checked-request.ts';

/**
 * With its high effort, Nova 2 takes neither a limit of tokens nor sampling. AWS documents the rule, and not its words.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
 */
export function validateNovaReasoning({
  additionalFields: { reasoningConfig, inferenceConfig },
  inference: { maxTokens, temperature, topP },
  traits,
}: Pick<CheckedRequest, 'additionalFields' | 'inference' | 'traits'>): void {
  if (traits.family !== 'nova') return;
  const { type, maxReasoningEffort } = Object(reasoningConfig);
  if (type !== 'enabled' || maxReasoningEffort !== 'high') return;
  const set = Object.entries({ maxTokens, temperature, topP, ...Object(inferenceConfig) });
  const [name] = set.find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined) throw invalid(`${name} must not be set if maxReasoningEffort is high.`);
}
