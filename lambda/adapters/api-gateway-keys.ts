import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  LimitExceededException,
  NotFoundException,
  paginateGetApiKeys,
  paginateGetUsagePlans,
  TooManyRequestsException,
} from '@aws-sdk/client-api-gateway';
import { DaypassError } from '../../core/errors.ts';
import type { GatewayKeys } from '../../core/ports.ts';
import { awsClientSettings, boundedHandler } from './aws-client.ts';
import { gatewayKeyPrefix } from './gateway-key-prefix.ts';

/**
 * CreateApiKey and DeleteApiKey take 5 calls a second for the whole account, so being throttled is usual when
 * many sign up at once. The SDK backs off (up to 1, 2, 4 and 8 seconds, with jitter) within these attempts, which
 * leaves a function of 28 seconds time to undo; who is still throttled after them is told to come back.
 */
const attempts = 5;

/** @param tableName of the deployment, whose keys these are */
export function createApiGatewayKeys(tableName: string): GatewayKeys {
  const prefix = gatewayKeyPrefix(tableName);
  const client = new APIGatewayClient({
    ...awsClientSettings,
    maxAttempts: attempts,
    requestHandler: boundedHandler(5000),
  });
  const usagePlanIds = new Map<string, string>();

  const findIdByName: GatewayKeys['findIdByName'] = (name) =>
    refusingThrottles(() => findKeyId(client, prefix + name));

  return {
    findIdByName,

    create: ({ name: ownName, value, description }) =>
      refusingThrottles(async () => {
        const name = prefix + ownName;
        try {
          const key = await client.send(new CreateApiKeyCommand({ name, value, description, enabled: true }));
          if (key.id === undefined) throw new Error('CreateApiKey answered no id');
          return key.id;
        } catch (error) {
          if (!(error instanceof ConflictException)) throw error;
          // The value is random and ours alone: it exists since an attempt before was applied, its reply lost.
          const id = await findKeyId(client, name);
          if (id === undefined) throw error;
          return id;
        }
      }),

    bindToPlan: (apiKeyId, usagePlanName) =>
      refusingThrottles(async () => {
        const usagePlanId = usagePlanIds.get(usagePlanName) ?? (await findUsagePlanId(client, usagePlanName));
        usagePlanIds.set(usagePlanName, usagePlanId);
        try {
          await client.send(
            new CreateUsagePlanKeyCommand({ usagePlanId, keyId: apiKeyId, keyType: 'API_KEY' }),
          );
        } catch (error) {
          // Bound already, by an attempt whose reply was lost: a new key has no other binding.
          if (!(error instanceof ConflictException)) throw error;
        }
      }),

    delete: (apiKeyId) =>
      refusingThrottles(async () => {
        try {
          await client.send(new DeleteApiKeyCommand({ apiKey: apiKeyId }));
        } catch (error) {
          if (!(error instanceof NotFoundException)) throw error;
        }
      }),
  };
}

export async function refusingThrottles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LimitExceededException) throw accountIsFull(error);
    if (!(error instanceof TooManyRequestsException)) throw error;
    throw new DaypassError(
      'service_unavailable',
      'Many keys are being made right now. Try again in a moment.',
      {
        retryAfterSeconds: Number(error.retryAfterSeconds ?? 5) || 5,
        cause: error,
      },
    );
  }
}

/** 10,000 keys an account and Region, a fixed limit: docs/scale.md says what to do about it. */
function accountIsFull(cause: unknown): DaypassError {
  return new DaypassError('service_unavailable', 'This service can make no more keys. Tell its operator.', {
    retryAfterSeconds: 3600,
    cause,
  });
}

/** `nameQuery` matches prefixes; values are not asked for. */
async function findKeyId(client: APIGatewayClient, name: string): Promise<string | undefined> {
  for await (const page of paginateGetApiKeys({ client }, { nameQuery: name, includeValues: false })) {
    const key = page.items?.find((item) => item.name === name);
    if (key?.id !== undefined) return key.id;
  }
  return undefined;
}

/**
 * Plans are looked up by name: their ids in the environment of a function behind the same API would be a
 * dependency cycle in the template.
 */
export async function findUsagePlanId(client: APIGatewayClient, name: string): Promise<string> {
  for await (const page of paginateGetUsagePlans({ client, pageSize: 500 }, {})) {
    const plan = page.items?.find((item) => item.name === name);
    if (plan?.id !== undefined) return plan.id;
  }
  throw new Error(`API Gateway has no usage plan named ${name}`);
}
