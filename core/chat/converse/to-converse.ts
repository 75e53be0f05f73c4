import type { CatalogModel, ChatLimits } from '../../catalog.ts';
import { DaypassError } from '../../errors.ts';
import type { ChatRequest } from '../chat.ts';

/** What Daypass sends of Bedrock's ConverseStream request (API reference, `ConverseStream`). */
export interface ConverseRequest {
  modelId: string;
  system?: { text: string }[];
  messages: { role: 'user' | 'assistant'; content: { text: string }[] }[];
  inferenceConfig: { maxTokens: number; temperature?: number; topP?: number; stopSequences?: string[] };
}

/** @throws DaypassError `invalid_request` or `unsupported_parameter` for what the model can't honour */
export function toConverse(request: ChatRequest, model: CatalogModel, limits: ChatLimits): ConverseRequest {
  requireHonoured(request, model);
  const { maxOutputTokens, temperature, topP, stopSequences } = request;
  return {
    modelId: model.target,
    ...(request.system.length > 0 && { system: request.system.map((text) => ({ text })) }),
    messages: request.turns.map((turn) => ({
      role: turn.role,
      content: turn.texts.map((text) => ({ text })),
    })),
    inferenceConfig: {
      maxTokens: maxOutputTokens ?? Math.min(limits.defaultMaxOutputTokens, model.maxOutputTokens),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(stopSequences.length > 0 && { stopSequences: [...stopSequences] }),
    },
  };
}

/** Told before the call is charged and by the caller's own field names, which Bedrock's refusal would not. */
function requireHonoured(request: ChatRequest, model: CatalogModel): void {
  const { maxOutputTokens = 0, temperature, topP } = request;
  if (maxOutputTokens > model.maxOutputTokens) {
    throw new DaypassError(
      'invalid_request',
      `'${model.name}' gives at most ${model.maxOutputTokens} tokens.`,
      {
        param: 'max_completion_tokens',
      },
    );
  }
  if (temperature !== undefined && temperature > 1) {
    throw new DaypassError(
      'invalid_request',
      'temperature must be between 0 and 1 for the models offered here.',
      {
        param: 'temperature',
      },
    );
  }
  if (model.sampling === 'none' && temperature !== undefined) throw notTaken('temperature', model);
  if (model.sampling === 'none' && topP !== undefined) throw notTaken('top_p', model);
  if (model.sampling === 'one' && temperature !== undefined && topP !== undefined) {
    throw new DaypassError(
      'unsupported_parameter',
      `'${model.name}' takes temperature or top_p, not both. Leave one out.`,
      { param: 'top_p' },
    );
  }
  if (!model.takesStopSequences && request.stopSequences.length > 0) throw notTaken('stop', model);
}

function notTaken(param: string, model: CatalogModel): DaypassError {
  return new DaypassError('unsupported_parameter', `'${model.name}' does not take ${param}. Leave it out.`, {
    param,
  });
}
