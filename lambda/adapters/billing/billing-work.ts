import type { AskedBilling, BillingRequest } from '../../../core/billing/ports.ts';
import { slowRouteRunsMs } from '../../../core/contract/route-time.ts';
import { DaypassError } from '../../../core/errors.ts';
import { createSigner } from '../aws/sign-post.ts';
import { awsClientSettings } from '../aws-client.ts';

/** Within the time of a route. What takes longer goes on, and the reconciler asks for it again. */
const endMs = 8000;
/** API Gateway may throttle the moves of several keys. */
const finishMs = 18_000;

/**
 * Asks the billing function, which alone can call Stripe. One call of Lambda's API, without the SDK's client, as in
 * aws-json.ts. @param functionName undefined: nothing is sold
 */
export function createBillingWork(functionName: string | undefined): AskedBilling | undefined {
  let runsUntil = 0;
  if (functionName === undefined) return undefined;
  const base = process.env.AWS_ENDPOINT_URL ?? `https://lambda.${awsClientSettings.region}.amazonaws.com`;
  const url = new URL(`/2015-03-31/functions/${functionName}/invocations`, base);
  const sign = createSigner('lambda');
  const send = async (request: RequestInit) => {
    const answer = await fetch(url, { ...request, method: 'POST', redirect: 'error' });
    await answer.arrayBuffer();
    return answer;
  };
  const invoke = async (event: BillingRequest, milliseconds: number): Promise<void> => {
    const body = JSON.stringify(event);
    const { host: _host, ...headers } = await sign(url, { 'content-type': 'application/json' }, body);
    const signal = AbortSignal.timeout(milliseconds);
    const until = Date.now() + slowRouteRunsMs;
    const answer = await send({ headers, body, signal }).catch((error: unknown) => {
      runsUntil = Math.max(runsUntil, until);
      throw error;
    });
    const failed = answer.headers.get('x-amz-function-error');
    if (!answer.ok || failed !== null)
      throw new Error(`the billing function failed: ${failed ?? answer.status}`);
  };
  const ask = (event: BillingRequest, milliseconds: number) =>
    invoke(event, milliseconds).catch((cause: unknown) => {
      throw new DaypassError('service_unavailable', 'Billing can’t be reached right now. Try again.', {
        cause,
        retryAfterSeconds: 60,
      });
    });
  return {
    end: (userId) => ask({ billing: 'end', userId }, endMs),
    finish: (userId) => ask({ billing: 'finish', userId }, finishMs),
    runsUntil: () => runsUntil,
  };
}
