import { isObject } from '../../json.ts';
import { modelFamily } from '../../models/model-family.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';

/**
 * Whether the asked-for model would show its reasoning: Claude and Nova when told to, the open-weight reasoners
 * always, unsigned.
 */
export function reasonsHere({
  additionalFields,
  modelId,
}: Pick<ConverseRequest, 'additionalFields' | 'modelId'>): { signed: boolean } | undefined {
  const family = modelFamily(modelId);
  if (family === 'gpt-oss' || family === 'deepseek') return { signed: false };
  if (family === 'nova') return isOn(additionalFields.reasoningConfig) ? { signed: false } : undefined;
  const asked = additionalFields.thinking ?? additionalFields.reasoning_config;
  return isOn(asked) ? { signed: true } : undefined;
}

const isOn = (config: unknown): boolean =>
  isObject(config) && (config.type === 'enabled' || config.type === 'adaptive');
