import { requireConfirmed } from '../../../core/accounts/users.ts';
import { openPortal, startCheckout } from '../../../core/billing/open-pages.ts';
import { endBilling, finishBilling, takeEvent } from '../../../core/billing/take-event.ts';
import { type billingRoutes, checkoutBody } from '../../../core/contract/billing.ts';
import { slowRouteSeconds, undoSeconds } from '../../../core/contract/route-time.ts';
import { DaypassError } from '../../../core/errors.ts';
import { openBilling } from '../../billing-ports.ts';
import type { ApiRequest } from '../../http/api-request.ts';
import { byFunctionsToo, stripeRoute } from '../../http/billing-calls.ts';
import { byRoute } from '../../http/by-route.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openBilling();
/** Two calls of Stripe’s may each take several seconds. */
const timeMs = (slowRouteSeconds - undoSeconds - 2) * 1000;

const routes = byRoute<typeof billingRoutes>({
  'POST /v1/billing/checkout': userRoute(
    ports.ends,
    { body: checkoutBody, timeMs },
    async ({ body, base }, caller) => {
      const returnUrl = billingPage(base);
      requireConfirmed(caller);
      const user = await ports.users.ensure({ ...caller, createdAt: Date.now() });
      return { status: 200, body: { url: await startCheckout(ports, user, body.plan, returnUrl) } };
    },
  ),

  // Suspended users too: their subscriptions go on until they end them.
  'POST /v1/billing/portal': userRoute(
    ports.ends,
    { allowSuspended: true, timeMs },
    async ({ base }, caller) => {
      const user = await ports.users.ensure({ ...caller, createdAt: Date.now() });
      return { status: 200, body: { url: await openPortal(ports, user, billingPage(base)) } };
    },
  ),

  'POST /v1/billing/webhook': stripeRoute(ports.payments, timeMs, (event) => takeEvent(ports, event)),
});

/** Stripe leads back to the console, whose address API Gateway’s stage doesn’t know. */
function billingPage({ console }: ApiRequest['base']): string {
  if (console !== undefined) return `${console}/billing`;
  throw new DaypassError(
    'invalid_request',
    'Make this call at the console’s address: the page leads back there.',
  );
}

/** Every route under /v1/billing, and what the reconciler and the deletion of accounts ask for */
export const handler = byFunctionsToo(routes, {
  end: (userId) => endBilling(ports, userId),
  finish: (userId) => finishBilling(ports, userId),
});
