import { APIGatewayClient, UpdateUsageCommand } from '@aws-sdk/client-api-gateway';
import type { Fence } from '../../../core/metering/fence.ts';
import { endingInTime } from '../../call-time.ts';
import { awsClientSettings, boundedHandler } from '../aws-client.ts';
import { refusingThrottles } from './refusals.ts';

/** A key's remaining calls of the day in its usage plan. */
export function createApiGatewayFence(): Fence {
  const client = endingInTime(
    new APIGatewayClient({ ...awsClientSettings, requestHandler: boundedHandler(3000) }),
  );
  return {
    setRemaining: (usagePlanId, keyId, remaining) =>
      refusingThrottles(async () => {
        await client.send(
          new UpdateUsageCommand({
            usagePlanId,
            keyId,
            patchOperations: [{ op: 'replace', path: '/remaining', value: String(remaining) }],
          }),
        );
      }),
  };
}
