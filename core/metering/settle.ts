import { codeOf, type ErrorCode } from '../errors.ts';
import { liftFence } from './fence.ts';
import type { Charge, Mark, MeterPorts, RefundReason, Settlement } from './ports.ts';
import { costNanoDollars, type PricedModel } from './price.ts';
import { noteWarnings } from './spend-warnings.ts';
import type { TokenUsage } from './token-usage.ts';

interface Used {
  usage: TokenUsage;
  mark: Mark;
  firstTokenAt: number | undefined;
  /** The price factor of the service tier. @default 1 */
  factor?: number;
  providerKey?: Settlement['providerKey'];
  /** Why the answer broke off, or `caller_left`; undefined: it is whole. */
  code?: ErrorCode | undefined;
}

interface EndedCall {
  charge: Charge;
  /** That answered. */
  model: PricedModel & { name: string };
  /** Public name of the model that was asked for. @default the one that answered */
  wanted?: string | undefined;
  /** Whether the answer was sent as it came. */
  streamed?: boolean;
}

/** @param charge one that is not refunded */
export function liftAfterCharge(ports: MeterPorts, { fence }: Charge): Promise<void> {
  return liftFence(ports, fence, fence?.left === 0);
}

export async function settle(
  ports: MeterPorts,
  { charge, model, wanted, streamed = false }: EndedCall,
  { firstTokenAt, factor = 1, usage, mark, providerKey, code }: Used,
): Promise<void> {
  const cost = costNanoDollars(usage, model, factor);
  const now = ports.clock.now();
  const ended = {
    usage,
    mark,
    code,
    model: model.name,
    costNanoDollars: cost,
    msToFirstToken: firstTokenAt === undefined ? undefined : firstTokenAt - charge.chargedAt,
  };
  const settling = ports.meter
    .settle({ ...ended, providerKey, charge, now })
    .catch((error: unknown) => ports.onMeterFailed('settle', error));
  // In parallel, so that the answer's end doesn't wait for it.
  await Promise.all([settling, noteWarnings(ports, charge, cost)]);
  const { requestId, keyId, chargedAt } = charge;
  const isFallback = wanted !== undefined && wanted !== model.name;
  ports.onSettled?.({ ...ended, requestId, keyId, ms: now - chargedAt, isStreamed: streamed, isFallback });
}

/** @param error why the call isn't charged after all */
export async function refund(
  ports: MeterPorts,
  charge: Charge,
  model: { name: string },
  error: unknown,
  reason: RefundReason = 'failed',
): Promise<void> {
  await ports.meter
    .refund(charge, model.name, reason, codeOf(error))
    .then(() => liftFence(ports, charge.fence && { ...charge.fence, left: charge.fence.left + 1 }))
    .catch((failure: unknown) => ports.onMeterFailed('refund', failure));
}
