import { countInputTokens } from '../answer/token-usage.ts';
import { invalid } from '../errors.ts';
import type { CheckedRequest } from './checked-request.ts';

export function validateOutputTokens({
  inference,
  traits,
}: Pick<CheckedRequest, 'inference' | 'traits'>): void {
  const { maxTokens } = inference;
  const limit = traits.maxOutputTokens;
  if (maxTokens === undefined || limit === undefined) return;
  if (maxTokens <= limit) return;
  throw invalid(
    `The maximum tokens you requested exceeds the model limit of ${limit}. Try again with a maximum tokens value that is lower than ${limit}.`,
  );
}

/** Refuses prompts longer than the model's context. The tokens asked for aren't added: they only end the answer earlier. */
export function validateContextWindow(request: CheckedRequest): void {
  const { mode, traits } = request;
  if (mode === 'count' || traits.contextTokens === undefined) return;
  const tokens = countInputTokens(request);
  if (tokens <= traits.contextTokens) return;
  throw invalid(
    traits.family === 'claude'
      ? `The model returned the following errors: prompt is too long: ${tokens} tokens > ${traits.contextTokens} maximum`
      : 'Input is too long for requested model.',
  );
}
