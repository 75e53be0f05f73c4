import { ThrottledError } from '../errors.ts';
import { readGatewayKeyName } from '../keys/gateway-key-name.ts';
import { finishIntent } from './finish-intent.ts';
import type { Action, GatewayKey, Intent, ReconcilePorts, ReconcileReport } from './ports.ts';
import { repairKey } from './repair-key.ts';

/** Operations under way are left alone this long; the longest takes half a minute. */
const graceMs = 120_000;
/** After so many failures an intent is parked: it stays, raises an alarm, and holds up nothing. */
const parkAfter = 3;

/**
 * One pass: ends what was cut off, ends what has expired, and repairs what API Gateway and the table don't
 * agree on. Running it twice, or two at a time, does no harm.
 * @param dryRun tells what it would do, and does nothing
 */
export async function reconcile(ports: ReconcilePorts, dryRun: boolean): Promise<ReconcileReport> {
  const report: ReconcileReport = { dryRun, actions: [], failures: 0, parked: 0, complete: false };
  try {
    await finishIntents(ports, report);
    await repairKeys(ports, report);
    report.complete = ports.hasTime();
  } catch (error) {
    // API Gateway throttles the whole account: going on would only slow the users down.
    if (!(error instanceof ThrottledError)) throw error;
  }
  return report;
}

async function finishIntents(ports: ReconcilePorts, report: ReconcileReport): Promise<void> {
  for await (const intent of ports.intents.list()) {
    if (!ports.hasTime()) return;
    if (ports.clock.now() - intent.since < graceMs) continue;
    if ((intent.failures ?? 0) >= parkAfter) report.parked += 1;
    else await tryIntent(ports, report, intent);
  }
}

async function tryIntent(ports: ReconcilePorts, report: ReconcileReport, intent: Intent): Promise<void> {
  await attempt(ports, report, intent.subject, async () => {
    try {
      report.actions.push(await finishIntent(ports, intent, report.dryRun));
    } catch (error) {
      if (error instanceof ThrottledError || report.dryRun) throw error;
      const failures = await ports.intents.countFailure(intent.subject);
      if (failures >= parkAfter) {
        report.parked += 1;
        ports.onParked(intent.subject, failures);
      }
      throw error;
    }
  });
}

async function repairKeys(ports: ReconcilePorts, report: ReconcileReport): Promise<void> {
  // Live keys are read first: a key made after that is in the inventory only, and young.
  const live = await Array.fromAsync(ports.live.list());
  const inventory = new Map<string, GatewayKey>();
  for await (const key of ports.inventory.keys()) inventory.set(key.id, key);
  const bound = new Map(
    await Promise.all(
      ports.plans.map(
        async (plan) => [plan.name, await ports.inventory.boundTo(plan.usagePlanName)] as const,
      ),
    ),
  );
  const known = new Set<string>();
  for (const { userId, keyId } of live) {
    if (!ports.hasTime()) return;
    await attempt(ports, report, keyId, async () => {
      const record = await ports.records.find(userId, keyId);
      for (const id of [record?.apiKeyId, record?.previous?.apiKeyId]) if (id !== undefined) known.add(id);
      if (record !== undefined) {
        report.actions.push(
          ...(await repairKey(ports, { record, inventory, bound, graceMs }, report.dryRun)),
        );
      }
    });
  }
  await deleteOrphans(
    ports,
    report,
    [...inventory.values()].filter(({ id }) => !known.has(id)),
  );
}

/** Keys that no live record names. Their records are asked once more, in case they came to be meanwhile. */
async function deleteOrphans(
  ports: ReconcilePorts,
  report: ReconcileReport,
  candidates: readonly GatewayKey[],
): Promise<void> {
  for (const key of candidates) {
    if (!ports.hasTime()) return;
    if (ports.clock.now() - key.createdAt < graceMs) continue;
    await attempt(ports, report, key.id, async () => {
      if (await isClaimed(ports, key)) return;
      if (!report.dryRun) await ports.gateway.delete(key.id);
      report.actions.push({ kind: 'delete-orphan', subject: key.id } satisfies Action);
    });
  }
}

/** Whether a record, or an operation under way or to be finished, still has a use for the key. */
async function isClaimed(ports: ReconcilePorts, key: GatewayKey): Promise<boolean> {
  const owner = readGatewayKeyName(key.name);
  if (owner === undefined) return true;
  const record = await ports.records.find(owner.userId, owner.keyId);
  if (record?.status === 'creating') return true;
  // An ended key needs none of its values, that of a rotation it was cut off in included.
  if (record?.status !== 'active') return false;
  const isBeingMade = record.rotation?.valueHash.startsWith(owner.valueStart) === true;
  return isBeingMade || [record.apiKeyId, record.previous?.apiKeyId].includes(key.id);
}

/** One subject's failure is told and does not keep the others waiting; a throttle ends the pass. */
async function attempt(
  ports: ReconcilePorts,
  report: ReconcileReport,
  subject: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ThrottledError) throw error;
    report.failures += 1;
    ports.onFailure(subject, error);
  }
}
