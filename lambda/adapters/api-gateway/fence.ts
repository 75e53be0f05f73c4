import type { Fence } from '../../../core/metering/fence.ts';
import { inTime } from '../../call-time.ts';
import { createLightClient, wholeAnswer } from '../aws/light-client.ts';
import { refusingThrottles } from './refusals.ts';

/** Retries included. */
const longestMs = 9000;

/** A key's remaining calls of the day in its usage plan. */
export function createApiGatewayFence(): Fence {
  const callAws = createLightClient({
    service: 'apigateway',
    endpoint: { prefix: 'apigateway', variable: 'API_GATEWAY' },
    attempts: 3,
    connectMs: 1000,
    silenceMs: 3000,
  });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return {
    setRemaining: (usagePlanId, keyId, remaining) =>
      refusingThrottles(async () => {
        const path = `/usageplans/${encodeURIComponent(usagePlanId)}/keys/${encodeURIComponent(keyId)}/usage`;
        const body = JSON.stringify({
          patchOperations: [{ op: 'replace', path: '/remaining', value: String(remaining) }],
        });
        await inTime(longestMs, (signal) =>
          callAws({ method: 'PATCH', path, headers, body }, signal, wholeAnswer(signal)),
        );
      }),
  };
}
