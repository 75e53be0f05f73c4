import type { SharedLimits } from '../../../core/catalog.ts';
import type { ChargeRequest, ChargeResult } from '../../../core/metering/ports.ts';
import { userLimits } from '../../../core/metering/user-limits.ts';
import { tightest } from '../../../core/metering/windows.ts';
import { isUnlimited } from '../../../core/plans.ts';
import type { HotTable } from '../table.ts';
import { refusedItem, retryConflicts } from '../transact.ts';
import {
  type Attempt,
  attemptAt,
  chargeUpdate,
  explainRefusal,
  mayCall,
  newChargeId,
  toCharge,
} from './charge-update.ts';
import { atMeter, limitsOf, type MeterItem, readMeter } from './meter-item.ts';
import { chargeShared, countsBeyondKey } from './shared-limits.ts';
import { dayStandings } from './standing.ts';
import { amountFields, readUserAmounts } from './user-limits.ts';

/** Keys that had limits of client addresses or of their user when last seen. The item that is read says whether they still have. */
const limitedBeyond = new Set<string>();
const mostRemembered = 10_000;

/**
 * One write if only the key is counted, otherwise a transaction.
 */
export async function charge(
  table: HotTable,
  limits: SharedLimits,
  request: ChargeRequest,
): Promise<ChargeResult> {
  const chargeId = newChargeId(request.now);
  return atMeter(request.apiKeyId, { outcome: 'unknown_key' }, (meterId) =>
    chargeAt(table, limits, request, chargeId, meterId),
  );
}

/** @returns the id of another item if this one only names that */
async function chargeAt(
  table: HotTable,
  limits: SharedLimits,
  request: ChargeRequest,
  chargeId: string,
  meterId: string,
): Promise<ChargeResult | string> {
  const attempt = attemptAt(request, chargeId, meterId);
  if (countsBeyondKey(limits) || limitedBeyond.has(meterId)) {
    const item = await readMeter(table, meterId);
    if (item === undefined) return { outcome: 'unknown_key' };
    return item.alias ?? chargeWithUser(table, limits, attempt, item);
  }
  const update = chargeUpdate(table, attempt);
  const alone = {
    ...update,
    ConditionExpression: `attribute_not_exists(perClient) AND attribute_not_exists(perUser) AND ${update.ConditionExpression}`,
    ReturnValues: 'ALL_NEW' as const,
  };
  try {
    const answer = await retryConflicts(() => table.items.update(alone));
    return { outcome: 'charged', charge: toCharge(attempt, answer.Attributes as MeterItem) };
  } catch (error) {
    const item = refusedItem(error) as MeterItem | undefined;
    if (item === undefined) return { outcome: 'unknown_key' };
    if (item.alias !== undefined) return item.alias;
    if ((item.perClient ?? item.perUser) === undefined) return explainRefusal(attempt, item);
    if (limitedBeyond.size >= mostRemembered) limitedBeyond.clear();
    limitedBeyond.add(meterId);
    return chargeWithUser(table, limits, attempt, item);
  }
}

/** Refuses the call if its user has used up a limit in tokens or dollars, otherwise charges it. */
async function chargeWithUser(
  table: HotTable,
  limits: SharedLimits,
  attempt: Attempt,
  found: MeterItem,
): Promise<ChargeResult> {
  const { request, windows } = attempt;
  const { perClient: _perClient, ...withoutClients } = found;
  // Only the deployment's ceiling holds for a key on `unlimited`: it guards the operator's bill against everyone.
  const isFree = isUnlimited({ name: found.plan });
  const item = isFree ? withoutClients : found;
  const ofUser = isFree ? {} : userLimits(limits.perUser, found.perUser && limitsOf(found.perUser));
  const amounts = await readUserAmounts(table, ofUser, item.person ?? item.userId, request.now);
  const full = amounts.findLast(({ standing }) => standing.remaining <= 0);
  if (full !== undefined) {
    if (!mayCall(item, request)) return { outcome: 'unknown_key' };
    const { userId, keyId } = item;
    const { unit, kind: window, standing } = full;
    const standings = dayStandings(item, windows);
    return { outcome: 'exceeded', of: 'user', ...standings, unit, window, standing, userId, keyId };
  }
  const result = await chargeShared(table, { ceiling: limits.ceiling, ofUser }, attempt, item);
  if (result.outcome !== 'charged') return result;
  const { charge } = result;
  const shared = {
    counted: [],
    ...charge.shared,
    amounts: amountFields(ofUser),
    tokens: tightest(amounts.flatMap(({ unit, standing }) => (unit === 'tokens' ? [standing] : []))),
    spend: tightest(
      amounts.flatMap(({ unit, kind, standing }) =>
        unit === 'dollars' && (kind === 'day' || kind === 'month') ? [{ ...standing, window: kind }] : [],
      ),
    ),
  };
  return { ...result, charge: { ...charge, shared } };
}
