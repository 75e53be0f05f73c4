import { requireActive } from '../../core/accounts/users.ts';
import { rotateKeyBody } from '../../core/contract/api-keys.ts';
import { onceFor } from '../../core/idempotency.ts';
import { describeKeys } from '../../core/keys/describe-key.ts';
import { findOwnKey } from '../../core/keys/find-own-key.ts';
import { repeating } from '../../core/keys/repeated-answer.ts';
import { rotateKey } from '../../core/keys/rotate-key.ts';
import { createDynamoUsers } from '../adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from '../adapters/accounts/session-ends.ts';
import { createApiGatewayKeys } from '../adapters/api-gateway/keys.ts';
import { inReservedTime, inTime } from '../adapters/call-time.ts';
import { createDynamoIdempotency } from '../adapters/dynamo-idempotency.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { createKmsSealer } from '../adapters/kms-sealer.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, sealingEnvironment } from '../env.ts';
import { logAnswerNotKept, logUndoFailed } from '../http/request-log.ts';
import { userRoute } from '../http/user-route.ts';

const environment = readEnvironment(sealingEnvironment);
const table = openTable(environment.TABLE_NAME);
const ends = createDynamoSessionEnds(table);
const users = createDynamoUsers(table);
const ports = {
  records: createDynamoKeys(table),
  meters: createDynamoKeyMeters(table),
  gateway: createApiGatewayKeys(table.name),
  idempotency: createDynamoIdempotency(table),
  sealer: createKmsSealer(environment.SEALING_KEY_ID),
  clock: Date,
  inReservedTime,
  plans: catalog.plans,
  onUndoFailed: logUndoFailed,
  onNotKept: logAnswerNotKept,
};

/** POST /v1/api-keys/{id}/rotate */
export const handler = inTime(
  userRoute(
    ends,
    { body: rotateKeyBody, bodyOptional: true },
    async ({ body, headers, pathParameters }, caller) => {
      requireActive(await users.ensure({ ...caller, createdAt: Date.now() }));
      const found = await findOwnKey(ports.records, caller.userId, pathParameters.id);
      const operation = `rotate.${found.keyId}`;
      const call = { userId: caller.userId, operation, key: headers['idempotency-key'], body };
      const answer = await onceFor(ports, call, {
        work: async () => {
          const { record, value } = await rotateKey(ports, found, body.graceSeconds);
          const [described] = await describeKeys(ports.meters, [record], Date.now());
          return { id: record.keyId, ...described, key: value };
        },
        ...repeating(ports, caller.userId),
      });
      return { status: 200, body: answer };
    },
  ),
);
