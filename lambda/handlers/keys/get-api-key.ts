import { describeKeys } from '../../../core/keys/describe-key.ts';
import { findOwnKey } from '../../../core/keys/find-key.ts';
import { userRoute } from '../../http/user-route.ts';
import { openKeys } from '../../key-ports.ts';

const { ends, records, meters } = openKeys();

/** GET /v1/api-keys/{id} */
export const handler = userRoute(ends, {}, async ({ pathParameters }, { userId }) => {
  const record = await findOwnKey(records, userId, pathParameters.id);
  const [body] = await describeKeys(meters, [record], Date.now());
  return { status: 200, body };
});
