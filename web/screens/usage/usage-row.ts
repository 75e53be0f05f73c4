import type { keyRoutes } from '../../../core/contract/api-keys.ts';
import type { AnswerOf } from '../../api.ts';

/** A key's usage on one day (UTC). */
export type UsageRow = AnswerOf<typeof keyRoutes.getUsage>['data'][number];
