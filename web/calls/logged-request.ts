import type { requestRoutes } from '../../core/contract/requests.ts';
import type { AnswerOf } from '../api.ts';

/** A call that has ended, or refusals of one kind within a minute. */
export type LoggedRequest = AnswerOf<typeof requestRoutes.listRequests>['data'][number];
