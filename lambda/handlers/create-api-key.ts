import { requireConfirmed, whileActive } from '../../core/accounts/users.ts';
import { createKeyBody } from '../../core/contract/api-keys.ts';
import { onceFor } from '../../core/idempotency.ts';
import { createKey } from '../../core/keys/create-key.ts';
import { describeKey } from '../../core/keys/describe-key.ts';
import { keyLimits } from '../../core/keys/key-limits.ts';
import { repeating } from '../../core/keys/repeated-answer.ts';
import { findPlan } from '../../core/plans.ts';
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
  models: [...catalog.models, ...catalog.embeddingModels].map((model) => model.name),
  onUndoFailed: logUndoFailed,
  onNotKept: logAnswerNotKept,
};

/** POST /v1/api-keys */
export const handler = inTime(
  userRoute(ends, { body: createKeyBody }, async ({ body, headers }, caller) => {
    requireConfirmed(caller);
    const findUser = () => users.ensure({ ...caller, createdAt: Date.now() });
    const call = { userId: caller.userId, operation: 'create', key: headers['idempotency-key'], body };
    const answer = await whileActive(findUser, (user) =>
      onceFor(ports, call, {
        work: async () => {
          const { record, value, used } = await createKey(ports, user, body);
          const limits = keyLimits(findPlan(catalog.plans, record.plan), record);
          const counters = { usedByWindow: used, limits };
          return { ...describeKey(record, counters, Date.now()), key: value };
        },
        ...repeating(ports, caller.userId),
      }),
    );
    return { status: 201, body: answer };
  }),
);
