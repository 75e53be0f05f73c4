import type { usageRoutes } from '../../../../core/contract/usage.ts';
import type { AnswerOf } from '../../../api.ts';
import type { TokenCounts } from './answer.ts';

type UsageRow = AnswerOf<typeof usageRoutes.getUsage>['data'][number];

/** What a key has used on one day, by its usage row. */
export type Spent = Pick<UsageRow, 'requests' | 'inputTokens' | 'outputTokens' | 'cachedTokens' | 'cost'>;

export const nothingSpent: Spent = {
  requests: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedTokens: 0,
  cost: 0,
};

/**
 * The cost of one answer, as the difference in usage: answers don't carry a price.
 * @returns undefined if other calls were counted too, or this one isn't yet
 */
export function costOfAnswer(before: Spent, after: Spent, tokens: TokenCounts): number | undefined {
  const input = after.inputTokens + after.cachedTokens - before.inputTokens - before.cachedTokens;
  const output = after.outputTokens - before.outputTokens;
  return input === tokens.input && output === tokens.output ? after.cost - before.cost : undefined;
}
