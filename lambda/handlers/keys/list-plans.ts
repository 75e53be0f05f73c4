import { describePlan, isUnlimited } from '../../../core/plans.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

/** GET /v1/plans: those on offer, and not the admins' own. */
export const handler = jsonRoute({}, async () => ({
  status: 200,
  body: { data: catalog.plans.filter((plan) => !isUnlimited(plan)).map(describePlan), nextCursor: null },
}));
