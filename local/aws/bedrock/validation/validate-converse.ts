import { modelTraits } from '../models/model-traits.ts';
import type { ConverseRequest } from '../request/converse-request.ts';
import { validateAdditionalFields } from './additional-fields.ts';
import type { CheckedRequest, RequestMode } from './checked-request.ts';
import { validateClaudeEffort } from './claude/effort.ts';
import { validateClaudeSchemas } from './claude/schemas.ts';
import { validateClaudeThinking } from './claude/thinking.ts';
import { validateClaudeText, validateClaudeToolChoice } from './claude/tools.ts';
import { validateCachePoints } from './messages/cache-points.ts';
import { validateContent } from './messages/content.ts';
import { validateDocuments } from './messages/documents.ts';
import { validateImages } from './messages/images.ts';
import { validateLastMessage, validateRoles } from './messages/turns.ts';
import { validateModelFeatures } from './model-features.ts';
import { validateNovaReasoning } from './nova-reasoning.ts';
import { validateSampling, validateStopSequences } from './sampling.ts';
import { validateContextWindow, validateOutputTokens } from './token-limits.ts';
import { validateToolBlocks } from './tools/tool-blocks.ts';
import { validateToolPairs } from './tools/tool-pairs.ts';
import { validateTools } from './tools/tools.ts';

/** Bedrock's own rules first, then what the models behind it refuse. */
const rules: readonly ((request: CheckedRequest) => void)[] = [
  validateRoles,
  validateContent,
  validateStopSequences,
  validateTools,
  validateToolBlocks,
  validateToolPairs,
  validateDocuments,
  validateModelFeatures,
  validateOutputTokens,
  validateContextWindow,
  validateCachePoints,
  validateAdditionalFields,
  validateSampling,
  validateNovaReasoning,
  validateImages,
  validateLastMessage,
  validateClaudeText,
  validateClaudeToolChoice,
  validateClaudeThinking,
  validateClaudeEffort,
  validateClaudeSchemas,
];

/**
 * Validates a request as Bedrock does; docs/bedrock-stand-in.md lists the rules and their sources.
 * @throws AwsError ValidationException for the first rule that is broken
 */
export function validateConverse(request: ConverseRequest, mode: RequestMode): void {
  const checked = { ...request, traits: modelTraits(request.modelId), mode };
  for (const rule of rules) rule(checked);
}
