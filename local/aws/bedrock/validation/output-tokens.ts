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
