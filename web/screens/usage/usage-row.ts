import type { usageRoutes } from '../../../core/contract/usage.ts';
import type { AnswerOf } from '../../api.ts';

/** A key's usage on one day (UTC). */
export type UsageRow = AnswerOf<typeof usageRoutes.getUsage>['data'][number];
