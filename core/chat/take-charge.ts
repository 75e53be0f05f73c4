import { type Charge, quotaRefusal, unknownKey } from '../metering.ts';
import type { BookPorts } from './settle-answer.ts';

/** Who calls, as the meter counts it. */
export interface ChargedCall {
  apiKeyId: string;
  requestId: string;
  clientAddress?: string | undefined;
}

/**
 * Takes one request from the key's windows; a refusal is counted for its owner to see.
 * @throws DaypassError `invalid_api_key`, or the refusal of the window that is full
 */
export async function takeCharge(
  ports: BookPorts,
  { apiKeyId, requestId, clientAddress }: ChargedCall,
): Promise<Charge> {
  const now = ports.clock.now();
  const result = await ports.meter.charge({ apiKeyId, requestId, clientAddress, now });
  if (result.outcome === 'charged') return result.charge;
  if (result.outcome === 'unknown_key') throw unknownKey();
  await ports.meter
    .countRefusal({ userId: result.userId, keyId: result.keyId, now })
    .catch((error: unknown) => ports.onBooksFailed('count-refusal', error));
  throw quotaRefusal(result, now);
}
