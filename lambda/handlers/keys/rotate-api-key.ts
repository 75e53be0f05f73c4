import { requireActive } from '../../../core/accounts/users.ts';
import { rotateKeyBody } from '../../../core/contract/key-requests.ts';
import { onceFor } from '../../../core/idempotency.ts';
import { describeKeys } from '../../../core/keys/describe-key.ts';
import { findOwnKey } from '../../../core/keys/find-key.ts';
import { repeating } from '../../../core/keys/repeated-answer.ts';
import { rotateKey } from '../../../core/keys/rotate-key.ts';
import { userRoute } from '../../http/user-route.ts';
import { openRotation } from '../../key-ports.ts';

const ports = openRotation();

/** POST /v1/api-keys/{id}/rotate */
export const handler = userRoute(
  ports.ends,
  { body: rotateKeyBody, bodyOptional: true },
  async ({ body, headers, pathParameters }, caller) => {
    requireActive(await ports.users.ensure({ ...caller, createdAt: Date.now() }));
    const found = await findOwnKey(ports.records, caller.userId, pathParameters.id);
    const operation = `rotate.${found.keyId}`;
    const call = { userId: caller.userId, operation, key: headers['idempotency-key'], body };
    const answer = await onceFor(ports, call, {
      work: async () => {
        const { record, secret } = await rotateKey(ports, found, body.graceSeconds);
        const [described] = await describeKeys(ports.meters, [record], Date.now());
        return { id: record.keyId, ...described, key: secret };
      },
      ...repeating(ports, caller.userId),
    });
    return { status: 200, body: answer };
  },
);
