import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  DeleteApiKeyCommand,
  NotFoundException,
  paginateGetApiKeys,
} from '@aws-sdk/client-api-gateway';
import type { GatewayKeys, PlanBindings } from '../../../core/keys/ports.ts';
import { endingInTime } from '../../call-time.ts';
import { awsClientSettings, boundedHandler } from '../aws-client.ts';
import { gatewayKeyPrefix } from './key-prefix.ts';
import { refusingThrottles } from './refusals.ts';
import { createPlanBindings } from './usage-plans.ts';

/**
 * CreateApiKey and DeleteApiKey take 5 calls a second for the whole account, so throttling is common when many users sign
 * up at once. The SDK backs off between these attempts (up to 1, 2 and 4 seconds, with jitter), which fits into a route's
 * time. A call throttled to the end is refused with a time to retry.
 */
const attempts = 4;

/** @param tableName of the deployment whose keys these are */
export function createApiGatewayKeys(tableName: string): GatewayKeys & PlanBindings {
  const prefix = gatewayKeyPrefix(tableName);
  const client = endingInTime(
    new APIGatewayClient({
      ...awsClientSettings,
      maxAttempts: attempts,
      requestHandler: boundedHandler(5000),
    }),
  );

  const findIdByName: GatewayKeys['findIdByName'] = (name) =>
    refusingThrottles(() => findKeyId(client, prefix + name));

  return {
    ...createPlanBindings(client),
    findIdByName,

    create: ({ name: ownName, secret: value, description }) =>
      refusingThrottles(async () => {
        const name = prefix + ownName;
        try {
          const key = await client.send(new CreateApiKeyCommand({ name, value, description, enabled: true }));
          if (key.id === undefined) throw new Error('CreateApiKey answered no id');
          return key.id;
        } catch (error) {
          if (!(error instanceof ConflictException)) throw error;
          // The secret is random and ours, so it exists because an earlier attempt was applied and its reply lost.
          const id = await findKeyId(client, name);
          if (id === undefined) throw error;
          return id;
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

/** `nameQuery` matches prefixes, so the name is compared again. */
async function findKeyId(client: APIGatewayClient, name: string): Promise<string | undefined> {
  for await (const page of paginateGetApiKeys({ client }, { nameQuery: name, includeValues: false })) {
    const key = page.items?.find((item) => item.name === name);
    if (key?.id !== undefined) return key.id;
  }
  return undefined;
}
