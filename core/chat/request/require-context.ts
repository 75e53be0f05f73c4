import type { CatalogModel } from '../../catalog.ts';
import { DaypassError } from '../../errors.ts';
import type { ChatRequest } from '../chat.ts';
import { estimateText, textLength } from '../estimate-usage.ts';

/**
 * The share of an estimate that is certain. No measured text was estimated a third too high (docs/models.md), so a prompt
 * that fits is never refused here; the provider refuses one that passes and doesn't fit.
 */
export const certainShare = 0.75;

/** Refuses a prompt that is surely longer than a model's context. It is estimated once, and only if it is long. */
export function createContextCheck(
  request: ChatRequest,
): (model: Pick<CatalogModel, 'name' | 'contextTokens'>) => void {
  const longest = textLength(request) * certainShare;
  let estimated: number | undefined;
  return ({ name, contextTokens }) => {
    if (longest <= contextTokens) return;
    estimated ??= estimateText(request);
    if (estimated * certainShare > contextTokens) {
      throw contextExceeded(request.fieldNames.messages, { name, contextTokens }, estimated);
    }
  };
}

/** Begins like Anthropic's own refusal, on which its clients shorten the conversation. */
export function contextExceeded(
  param: string,
  { name, contextTokens }: { name: string; contextTokens: number },
  estimated: number,
): DaypassError {
  return new DaypassError(
    'context_length_exceeded',
    `prompt is too long: about ${estimated} tokens > ${contextTokens} maximum of '${name}'. Send less, or choose a model with a larger context.`,
    { param },
  );
}
