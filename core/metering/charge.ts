import { DaypassError } from '../errors.ts';
import { requireAllowedModel } from '../find-model.ts';
import { liftFence } from './fence.ts';
import type { Charge, MeterPorts } from './ports.ts';
import { quotaRefusal, unknownKey } from './refusal.ts';
import { refund } from './settle.ts';

/** A call, as the gate counts it. */
export interface ChargedCall {
  apiKeyId: string;
  requestId: string;
  clientAddress?: string | undefined;
  /** The Origin header. */
  origin?: string | undefined;
}

/**
 * Runs the checks that precede the charge. A call that they refuse is still counted as uncharged, since the fence has
 * counted it.
 * @throws what `work` throws
 */
export async function beforeCharge<T>(
  ports: MeterPorts,
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

/** Counts a refused call, and lifts the fence if refusals have closed it. */
export async function countUncharged(ports: MeterPorts, apiKeyId: string | undefined): Promise<void> {
  if (apiKeyId === undefined) return;
  await ports.meter
    .countUncharged({ apiKeyId, now: ports.clock.now() })
    .then((standing) => liftFence(ports, standing))
    .catch((error: unknown) => ports.onMeterFailed('count-refusal', error));
}

/**
 * Charges one request to the key's windows. What the key may do is known only from the charge, so a call it may not make
 * is refused afterwards, and refunded.
 * @throws DaypassError `invalid_api_key`, the refusal of the window that is full, `model_not_allowed`, `host_not_allowed`
 */
export async function takeCharge(
  ports: MeterPorts,
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

/** Refusals are counted for the user to see. */
async function takeRequest(
  ports: MeterPorts,
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
      .catch((error: unknown) => ports.onMeterFailed('count-refusal', error)),
  ]);
  throw quotaRefusal(result, now);
}

/**
 * Restricts a key to the pages it was made for. Only browsers send a truthful Origin header, so this restricts pages and
 * does not protect the key.
 * @throws DaypassError `host_not_allowed`
 */
export function requireAllowedHost(origin: string | undefined, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.includes(hostOf(origin) ?? '')) return;
  throw new DaypassError(
    'host_not_allowed',
    'This key may be used from pages of certain hosts only, and this call’s Origin names none of them.',
  );
}

function hostOf(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : undefined;
}
