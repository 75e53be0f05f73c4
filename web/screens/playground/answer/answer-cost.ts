import type { keyRoutes } from '../../../../core/contract/api-keys.ts';
import type { AnswerOf } from '../../../api.ts';
import type { TokenCounts } from './answer.ts';

type UsageRow = AnswerOf<typeof keyRoutes.getUsage>['data'][number];

/** What a key has used up on one day, by the platform's books. */
export type Spent = Pick<UsageRow, 'requests' | 'inputTokens' | 'outputTokens' | 'cachedTokens' | 'cost'>;

export const nothingSpent: Spent = {
  requests: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedTokens: 0,
  cost: 0,
};

/**
 * What one answer cost: what the books say more after it than before. Prices are the operator's and no answer tells
 * them.
 * @returns undefined where the books grew by something else too, or not yet
 */
export function costOfAnswer(before: Spent, after: Spent, tokens: TokenCounts): number | undefined {
  const input = after.inputTokens + after.cachedTokens - before.inputTokens - before.cachedTokens;
  const output = after.outputTokens - before.outputTokens;
  return input === tokens.input && output === tokens.output ? after.cost - before.cost : undefined;
}
