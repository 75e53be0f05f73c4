import { describeKey } from '../../../core/keys/describe-key.ts';
import { findOwnKey } from '../../../core/keys/find-key.ts';
import { revokeKey } from '../../../core/keys/revoke-key.ts';
import { userRoute } from '../../http/user-route.ts';
import { openRevocation } from '../../key-ports.ts';

const ports = openRevocation();

/** DELETE /v1/api-keys/{id} */
export const handler = userRoute(ports.ends, {}, async ({ pathParameters }, { userId }) => {
  const record = await findOwnKey(ports.records, userId, pathParameters.id);
  const revoked = await revokeKey(ports, record);
  return { status: 200, body: describeKey(revoked, undefined, Date.now()) };
});
