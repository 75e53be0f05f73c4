import { requireConfirmed, whileActive } from '../../../core/accounts/users.ts';
import { createKeyBody } from '../../../core/contract/key-requests.ts';
import { onceFor } from '../../../core/idempotency.ts';
import { createKey } from '../../../core/keys/create-key.ts';
import { describeKey } from '../../../core/keys/describe-key.ts';
import { keyLimits } from '../../../core/keys/key-limits.ts';
import { repeating } from '../../../core/keys/repeated-answer.ts';
import { findPlan } from '../../../core/plans.ts';
import { userRoute } from '../../http/user-route.ts';
import { openKeyCreation } from '../../key-ports.ts';

const ports = openKeyCreation();

/** POST /v1/api-keys */
export const handler = userRoute(ports.ends, { body: createKeyBody }, async ({ body, headers }, caller) => {
  requireConfirmed(caller);
  const findUser = () => ports.users.ensure({ ...caller, createdAt: Date.now() });
  const call = { userId: caller.userId, operation: 'create', key: headers['idempotency-key'], body };
  const answer = await whileActive(findUser, (user) =>
    onceFor(ports, call, {
      work: async () => {
        const { record, secret, used } = await createKey(ports, { ...caller, ...user }, body);
        const limits = keyLimits(findPlan(ports.plans, record.plan), record);
        const counters = { usedByWindow: used, limits };
        return { ...describeKey(record, counters, Date.now()), key: secret };
      },
      ...repeating(ports, caller.userId),
    }),
  );
  return { status: 201, body: answer };
});
