import { describePlan } from '../../../core/plans.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

/** GET /v1/plans */
export const handler = jsonRoute({}, async () => ({
  status: 200,
  body: { data: catalog.plans.map(describePlan), nextCursor: null },
}));
