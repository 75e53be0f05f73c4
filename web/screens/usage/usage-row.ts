import type { keyRoutes } from '../../../core/contract/api-keys.ts';
import type { AnswerOf } from '../../api.ts';

/** What one key did on one day (UTC). */
export type UsageRow = AnswerOf<typeof keyRoutes.getUsage>['data'][number];
