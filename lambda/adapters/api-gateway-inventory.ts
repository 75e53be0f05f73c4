import { APIGatewayClient, paginateGetApiKeys, paginateGetUsagePlanKeys } from '@aws-sdk/client-api-gateway';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { gatewayKeyPrefix } from '../../core/keys/gateway-key-name.ts';
import type { GatewayInventory } from '../../core/reconcile/ports.ts';
import { findUsagePlanId, refusingThrottles } from './api-gateway-keys.ts';
import { awsClientSettings } from './aws-client.ts';

/** The largest page API Gateway gives; its calls are limited to ten a second. */
const pageSize = 500;

export function createApiGatewayInventory(): GatewayInventory {
  const client = new APIGatewayClient({
    ...awsClientSettings,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    }),
  });
  return {
    async *keys() {
      const pages = paginateGetApiKeys(
        { client, pageSize },
        { nameQuery: gatewayKeyPrefix, includeValues: false },
      );
      const iterator = pages[Symbol.asyncIterator]();
      for (;;) {
        const page = await refusingThrottles(() => iterator.next());
        if (page.done) return;
        for (const { id, name, createdDate } of page.value.items ?? []) {
          if (id !== undefined && name !== undefined)
            yield { id, name, createdAt: createdDate?.getTime() ?? 0 };
        }
      }
    },
    boundTo: (usagePlanName) =>
      refusingThrottles(async () => {
        const usagePlanId = await findUsagePlanId(client, usagePlanName);
        const ids = new Set<string>();
        for await (const page of paginateGetUsagePlanKeys({ client, pageSize }, { usagePlanId })) {
          for (const { id } of page.items ?? []) if (id !== undefined) ids.add(id);
        }
        return ids;
      }),
  };
}
