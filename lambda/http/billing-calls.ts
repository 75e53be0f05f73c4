import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { BillingRequest, BillingWork, StripeEvent } from '../../core/billing/ports.ts';
import { acting } from '../acting.ts';
import { jsonRoute } from './pipeline.ts';

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<unknown>;

/** Stripe's events have some kilobytes. */
const mostBytes = 512 * 1024;

interface StripePorts {
  /** @throws DaypassError for what Stripe hasn't signed */
  readEvent(bytes: Buffer, signature: string | undefined): Promise<StripeEvent>;
}

/** The route that Stripe calls. The body is read as bytes, since they are what is signed. */
export function stripeRoute(
  { readEvent }: StripePorts,
  timeMs: number,
  take: (event: StripeEvent) => Promise<void>,
) {
  return jsonRoute({ mostBytes, timeMs }, async ({ bytes, headers, id, clientAddress }) => {
    const event = await readEvent(bytes ?? Buffer.of(), headers['stripe-signature']);
    const stripe = { as: 'system', actorId: null, address: clientAddress, requestId: id } as const;
    await acting(stripe, () => take(event));
    return { status: 200, body: { received: true } };
  });
}

/**
 * Answers other functions too, which invoke this one directly. No caller of the API can: API Gateway makes the whole event, which
 * always has a `requestContext`.
 */
export function byFunctionsToo(
  handler: Handler,
  work: BillingWork,
): (event: APIGatewayProxyEvent | BillingRequest, context: Context) => Promise<unknown> {
  return async (event, context) => {
    if ('requestContext' in event || !('billing' in event))
      return handler(event as APIGatewayProxyEvent, context);
    if (event.billing !== 'end' && event.billing !== 'finish')
      throw new Error('There is no such billing work');
    await work[event.billing](event.userId);
    return { done: true };
  };
}
