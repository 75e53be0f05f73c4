import { requireAllowedModel } from '../find-model.ts';
import { liftFence } from './fence.ts';
import type { BookPorts, Charge } from './ports.ts';
import { quotaRefusal, unknownKey } from './refusal.ts';
import { requireAllowedHost } from './require-allowed-host.ts';
import { refund } from './settle.ts';

/** Who calls, as the meter counts it. */
export interface ChargedCall {
  apiKeyId: string;
  requestId: string;
  clientAddress?: string | undefined;
  /** The Origin header. */
  origin?: string | undefined;
}

/**
 * Runs the checks that come before the charge. If they refuse the call, it is counted as uncharged, since API Gateway has
 * counted it already.
 * @throws what `work` throws
 */
export async function beforeCharge<T>(
  ports: BookPorts,
  { apiKeyId }: Pick<ChargedCall, 'apiKeyId'>,
  work: () => T,
): Promise<T> {
  try {
    return work();
  } catch (error) {
    await countUncharged(ports, apiKeyId);
    throw error;
  }
}

/** Counts a call that is refused, and lifts API Gateway's fence where refusals have closed it. */
export async function countUncharged(ports: BookPorts, apiKeyId: string): Promise<void> {
  await ports.meter
    .countUncharged({ apiKeyId, now: ports.clock.now() })
    .then((standing) => liftFence(ports, standing))
    .catch((error: unknown) => ports.onBooksFailed('count-refusal', error));
}

/**
 * Takes one request for this model from the key's windows. The charge tells what the key may do, so what it may not is
 * refused after it, and given back.
 * @throws DaypassError `invalid_api_key`, the refusal of the window that is full, `model_not_allowed`, `host_not_allowed`
 */
export async function takeCharge(
  ports: BookPorts,
  call: ChargedCall,
  model: { name: string },
): Promise<Charge> {
  const charge = await takeRequest(ports, call);
  try {
    requireAllowedModel(model, charge.models);
    requireAllowedHost(call.origin, charge.allowedHosts);
    return charge;
  } catch (error) {
    await refund(ports, charge, model, 'refused');
    throw error;
  }
}

/** A refusal is counted for the key's owner to see. */
async function takeRequest(
  ports: BookPorts,
  { apiKeyId, requestId, clientAddress }: ChargedCall,
): Promise<Charge> {
  const now = ports.clock.now();
  const result = await ports.meter.charge({ apiKeyId, requestId, clientAddress, now });
  if (result.outcome === 'charged') return result.charge;
  if (result.outcome === 'unknown_key') throw unknownKey();
  await Promise.all([
    countUncharged(ports, apiKeyId),
    ports.meter
      .countRefusal({ userId: result.userId, keyId: result.keyId, now })
      .catch((error: unknown) => ports.onBooksFailed('count-refusal', error)),
  ]);
  throw quotaRefusal(result, now);
}
