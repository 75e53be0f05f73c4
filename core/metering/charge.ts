import { codeOf, DaypassError } from '../errors.ts';
import { requireAllowedModel } from '../find-model.ts';
import { liftFence } from './fence.ts';
import type { CalledKey, Charge, MeterPorts, UnchargedCall } from './ports.ts';
import { quotaRefusal, unknownKey } from './refusal.ts';
import { refund } from './settle.ts';
import { noteSpent } from './spend-warnings.ts';

/** A call, as the gate counts it. */
export interface ChargedCall extends CalledKey {
  requestId: string;
  /** The path that was called. */
  route: string;
  clientAddress?: string | undefined;
  /** The Origin header. */
  origin?: string | undefined;
}

/** A call that was refused without a charge. */
export interface RefusedCall extends Pick<ChargedCall, 'requestId' | 'route' | 'unfenced'> {
  apiKeyId: string | undefined;
  /** The public name of the model it asked for, if there is such a model. What else a caller writes is never recorded. */
  model?: string | undefined;
}

/**
 * Runs the checks that precede the charge. A call that they refuse is still counted as uncharged, since the fence may have
 * counted it.
 * @throws what `work` throws
 */
export async function beforeCharge<T>(ports: MeterPorts, call: RefusedCall, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    await countUncharged(ports, call, error);
    throw error;
  }
}

/**
 * Counts a refused call, lifts the fence if refusals have closed it, and records the refusal for the user.
 * @param isFull a limit was used up
 */
export async function countUncharged(
  ports: MeterPorts,
  call: RefusedCall,
  refusal: unknown,
  isFull = false,
): Promise<void> {
  const { apiKeyId, unfenced } = call;
  if (apiKeyId === undefined) return;
  const now = ports.clock.now();
  await ports.meter
    .countUncharged({ apiKeyId, unfenced, now, isFull })
    .then((counted) =>
      Promise.all([
        unfenced ? undefined : liftFence(ports, counted),
        record(ports, counted, { call, refusal, now }),
      ]),
    )
    .catch((error: unknown) => ports.onMeterFailed('count-refusal', error));
}

async function record(
  { refusals }: MeterPorts,
  counted: UnchargedCall | undefined,
  { call, refusal, now }: { call: RefusedCall; refusal: unknown; now: number },
): Promise<void> {
  if (counted === undefined) return;
  const { userId, keyId } = counted;
  const { requestId, route, model } = call;
  await refusals?.add({ userId, keyId, requestId, route, model, code: codeOf(refusal), now });
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
  const charge = await takeRequest(ports, call, model.name);
  try {
    requireAllowedModel(model, charge.models);
    requireAllowedHost(call.origin, charge.allowedHosts);
    return charge;
  } catch (error) {
    await refund(ports, charge, model, error, 'refused');
    throw error;
  }
}

/** Refusals are counted for the user to see. */
async function takeRequest(
  ports: MeterPorts,
  { apiKeyId, unfenced, requestId, route, clientAddress }: ChargedCall,
  model: string,
): Promise<Charge> {
  const now = ports.clock.now();
  const result = await ports.meter.charge({ apiKeyId, unfenced, requestId, route, clientAddress, now });
  if (result.outcome === 'charged') return result.charge;
  if (result.outcome === 'unknown_key') throw unknownKey();
  const refusal = quotaRefusal(result, now);
  await Promise.all([
    countUncharged(ports, { apiKeyId, unfenced, requestId, route, model }, refusal, true),
    noteSpent(ports, result),
  ]);
  throw refusal;
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
