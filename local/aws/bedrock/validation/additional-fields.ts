import { parsePointer } from '../answer/pick-fields.ts';
import { invalid, refusedByModel } from '../errors.ts';
import type { ModelFamily } from '../models/model-family.ts';
import type { CheckedRequest } from './checked-request.ts';

/** The fields known to those families that refuse unknown ones. */
const knownFields: Partial<Record<ModelFamily, readonly string[]>> = {
  claude: [
    'anthropic_beta',
    'anthropic_version',
    'context_management',
    'metadata',
    'output_config',
    'reasoning_config',
    'thinking',
    'tool_choice',
    'tools',
    'top_k',
  ],
  nova: ['inferenceConfig', 'reasoningConfig'],
};

export function validateAdditionalFields({
  additionalFields,
  responseFieldPaths,
  traits,
}: Pick<CheckedRequest, 'additionalFields' | 'responseFieldPaths' | 'traits'>): void {
  for (const pointer of responseFieldPaths) parsePointer(pointer);
  const known = knownFields[traits.family];
  const unknown = Object.keys(additionalFields).find((field) => known?.includes(field) === false);
  if (unknown === undefined) return;
  if (traits.family === 'claude') throw refusedByModel(`${unknown}: Extra inputs are not permitted`);
  throw invalid(
    `Malformed input request: #: extraneous key [${unknown}] is not permitted, please reformat your input and try again.`,
  );
}
