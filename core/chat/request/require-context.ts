import type { CatalogModel } from '../../catalog.ts';
import { DaypassError } from '../../errors.ts';
import type { ChatRequest } from '../chat.ts';
import { estimateText, textLength } from '../estimate-usage.ts';

/**
 * What of an estimate is taken for certain. Of the texts that were measured none is estimated a third too high
 * (docs/models.md), so one that fits is not refused; one that is let through and doesn't fit, Bedrock refuses.
 */
export const certainShare = 0.75;

/** Tells whether a prompt is surely longer than a model's context. It is estimated once, and only where it is long. */
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

/** Begins as Anthropic's own refusal, by which its clients know to shorten the conversation. */
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
