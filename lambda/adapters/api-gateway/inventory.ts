import { APIGatewayClient, paginateGetApiKeys, paginateGetUsagePlanKeys } from '@aws-sdk/client-api-gateway';
import type { GatewayInventory } from '../../../core/reconcile/ports.ts';
import { awsClientSettings, boundedHandler } from '../aws-client.ts';
import { gatewayKeyPrefix } from './key-prefix.ts';
import { refusingThrottles } from './refusals.ts';
import { findUsagePlanId } from './usage-plans.ts';

/** API Gateway's largest page; its calls are limited to ten a second. */
const pageSize = 500;

/** @param tableName of the deployment whose keys are listed */
export function createApiGatewayInventory(tableName: string): GatewayInventory {
  const prefix = gatewayKeyPrefix(tableName);
  const client = new APIGatewayClient({
    ...awsClientSettings,
    requestHandler: boundedHandler(10_000),
  });
  return {
    async *keys() {
      const pages = paginateGetApiKeys({ client, pageSize }, { nameQuery: prefix, includeValues: false });
      const iterator = pages[Symbol.asyncIterator]();
      for (;;) {
        const page = await refusingThrottles(() => iterator.next());
        if (page.done) return;
        for (const { id, name, createdDate } of page.value.items ?? []) {
          if (id === undefined || !name?.startsWith(prefix)) continue;
          yield { id, name: name.slice(prefix.length), createdAt: createdDate?.getTime() ?? 0 };
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
