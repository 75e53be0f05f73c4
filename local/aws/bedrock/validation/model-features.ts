import { invalid, refusedByModel } from '../errors.ts';
import { bareModelId } from '../models/model-family.ts';
import type { CheckedRequest } from './checked-request.ts';
import { documentsIn, imagesIn } from './messages/media-blocks.ts';

/** What the model doesn't support. */
export function validateModelFeatures(request: CheckedRequest): void {
  const { inference, messages, mode, modelId, output, system, toolConfig, traits } = request;
  if (mode !== 'count' && !traits.onDemand && isOnDemand(modelId)) {
    throw invalid(
      `Invocation of model ID ${modelId} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    );
  }
  if (!traits.system && system.length > 0) {
    throw invalid(
      "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
    );
  }
  if (toolConfig !== undefined) {
    if (traits.tools === 'none') throw invalid("This model doesn't support tool use.");
    if (traits.tools === 'whole' && mode === 'stream') {
      throw invalid("This model doesn't support tool use in streaming mode.");
    }
    const { kind } = toolConfig.choice;
    if (!traits.toolChoices.includes(kind) && traits.family !== 'claude') {
      throw unsupportedField(`toolConfig.toolChoice.${kind}`);
    }
  }
  if (!traits.toolStatus && messages.some(({ content }) => content.some(tellsStatus))) {
    throw unsupportedField('status');
  }
  // Claude's alone, and a custom model's may be one.
  if (
    !['claude', 'other'].includes(traits.family) &&
    messages.some(({ content }) => content.some(isSigned))
  ) {
    throw unsupportedField('reasoningContent.reasoningText.signature');
  }
  if (!traits.images && imagesIn(messages).length > 0) throw unsupportedBlock('image');
  if (!traits.documents && documentsIn(messages).length > 0) throw unsupportedBlock('document');
  if (!traits.stopSequences && inference.stopSequences.length > 0) throw unsupportedField('stopSequences');
  if (!traits.outputSchema && output.schema !== undefined) {
    if (traits.family !== 'claude') throw unsupportedField('outputConfig.textFormat');
    throw refusedByModel('output_config.format: Extra inputs are not permitted');
  }
}

const isOnDemand = (modelId: string): boolean =>
  bareModelId(modelId) === modelId.replace(/^arn:.*:foundation-model\//, '');

type Block = CheckedRequest['messages'][number]['content'][number];

const isSigned = (block: Block): boolean => block.kind === 'reasoning' && block.signature !== undefined;

const tellsStatus = (block: Block): boolean => block.kind === 'toolResult' && block.status !== undefined;

const unsupportedField = (field: string) =>
  invalid(`This model doesn't support the ${field} field. Remove ${field} and try again.`);

const unsupportedBlock = (kind: string) =>
  invalid(
    `This model doesn't support the ${kind} content block that you provided. Update the content block and try again.`,
  );
