import { liftFence } from './fence.ts';
import type { BookPorts, Charge, Mark, RefundReason } from './ports.ts';
import { costNanoDollars, type PricedModel } from './price.ts';
import type { TokenUsage } from './token-usage.ts';

interface Used {
  usage: TokenUsage;
  mark: Mark;
  firstTokenAt: number | undefined;
  /** Of the service tier; without one the price as it is. */
  factor?: number;
}

/** @param charge one that stands */
export function liftAfterCharge(ports: BookPorts, { fence }: Charge): Promise<void> {
  return liftFence(ports, fence, fence.left === 0);
}

export async function settle(
  ports: BookPorts,
  { charge, model }: { charge: Charge; model: PricedModel & { name: string } },
  { firstTokenAt, factor = 1, usage, mark }: Used,
): Promise<void> {
  await ports.meter
    .settle({
      usage,
      mark,
      charge,
      model: model.name,
      costNanoDollars: costNanoDollars(usage, model, factor),
      msToFirstToken: firstTokenAt === undefined ? undefined : firstTokenAt - charge.chargedAt,
      now: ports.clock.now(),
    })
    .catch((error: unknown) => ports.onBooksFailed('settle', error));
}

export async function refund(
  ports: BookPorts,
  charge: Charge,
  model: { name: string },
  reason: RefundReason = 'failed',
): Promise<void> {
  await ports.meter
    .refund(charge, model.name, reason)
    .then(() => liftFence(ports, { ...charge.fence, left: charge.fence.left + 1 }))
    .catch((error: unknown) => ports.onBooksFailed('refund', error));
}
