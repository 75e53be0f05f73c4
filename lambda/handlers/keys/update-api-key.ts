import { requireActive } from '../../../core/accounts/users.ts';
import { updateKeyBody } from '../../../core/contract/key-requests.ts';
import { describeKeys } from '../../../core/keys/describe-key.ts';
import { findOwnKey } from '../../../core/keys/find-key.ts';
import { updateKey } from '../../../core/keys/update-key.ts';
import { userRoute } from '../../http/user-route.ts';
import { openKeyUpdates } from '../../key-ports.ts';

const ports = openKeyUpdates();

/** PATCH /v1/api-keys/{id} */
export const handler = userRoute(
  ports.ends,
  { body: updateKeyBody },
  async ({ body, pathParameters }, caller) => {
    const user = await ports.users.ensure({ ...caller, createdAt: Date.now() });
    requireActive(user);
    const found = await findOwnKey(ports.records, caller.userId, pathParameters.id);
    const record = await updateKey(ports, { ...caller, ...user }, found, body);
    const [answer] = await describeKeys(ports.meters, [record], Date.now());
    return { status: 200, body: answer };
  },
);
