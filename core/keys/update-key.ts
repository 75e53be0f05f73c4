import type { UpdateKeyBody } from '../contract/key-requests.ts';
import { findPlan, type PlanUser, requireMayUse } from '../plans.ts';
import { hostOf, type KeptKeyPorts, keepKey } from '../provider-keys/kept-keys.ts';
import { type ChangePlanPorts, changePlan } from './change-plan/change-plan.ts';
import { undoCutOffChange } from './change-plan/undo-plan-change.ts';
import { readExpiry } from './expiry.ts';
import { keyLimits, requireKnownModels, requireWithinPlan } from './key-limits.ts';
import type { KeyRecord, KeyRecords, OwnSettings } from './ports.ts';
import { changedMeanwhile, requireChangeable } from './require-changeable.ts';

export interface UpdateKeyPorts extends ChangePlanPorts {
  records: ChangePlanPorts['records'] & Pick<KeyRecords, 'rename' | 'changeSettings'>;
  /** Public names of all models, including those for embeddings. */
  models: readonly string[];
  providerKeys: Omit<KeptKeyPorts, 'clock'>;
}

/**
 * Gives a key another plan, name or settings. What it has already is no change, so repeating the call is harmless. All
 * fields are checked before anything changes.
 * @throws DaypassError `key_ended`, `unknown_plan`, `plan_not_allowed`, `invalid_request` (limits above the plan's,
 * unknown models, an expiry that isn't one), and what `changePlan` throws
 */
export async function updateKey(
  ports: UpdateKeyPorts,
  user: PlanUser,
  found: KeyRecord,
  { providerKeys = {}, ...body }: UpdateKeyBody,
): Promise<KeyRecord> {
  requireChangeable(found, ports.clock.now());
  for (const provider of Object.keys(providerKeys)) hostOf(ports.providerKeys, provider);
  const record = await updated(ports, user, found, body);
  await changeKept(ports, record, providerKeys);
  return record;
}

async function updated(
  ports: UpdateKeyPorts,
  user: PlanUser,
  found: KeyRecord,
  { name, plan, ...wanted }: Omit<UpdateKeyBody, 'providerKeys'>,
): Promise<KeyRecord> {
  const changes = readChanges(ports, wanted, plan ?? found.plan);
  if (plan === undefined) return changed(ports, found, name, changes);
  const target = findPlan(ports.plans, plan);
  const record = await undoCutOffChange(ports, found);
  if (record.plan === target.name) return changed(ports, record, name, changes);
  requireMayUse(target, user, ports.clock.now());
  return changed(ports, await changePlan(ports, record, target, name), undefined, changes);
}

/** One after the other: a call that failed in between can be repeated. */
async function changeKept(
  { providerKeys, clock }: UpdateKeyPorts,
  { userId, keyId }: KeyRecord,
  secrets: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [provider, secret] of Object.entries(secrets)) {
    const name = { userId, scope: keyId, provider };
    if (secret === null) await providerKeys.kept.delete(name);
    else await keepKey({ ...providerKeys, clock }, name, secret);
  }
}

type Changes = Partial<Omit<OwnSettings, 'name'>>;

/** A key whose plan is no longer in the settings can only be moved. */
function readChanges(
  { plans, models, clock }: UpdateKeyPorts,
  wanted: Omit<UpdateKeyBody, 'name' | 'plan' | 'providerKeys'>,
  planName: string,
): Changes | undefined {
  if (Object.values(wanted).every((value) => value === undefined)) return undefined;
  const plan = findPlan(plans, planName);
  if (wanted.limits) requireWithinPlan(plan, wanted.limits);
  if (wanted.models) requireKnownModels(models, plan, wanted.models);
  return {
    ...(wanted.expiresIn !== undefined && {
      expiresAt: readExpiry(wanted.expiresIn ?? undefined, clock.now()),
    }),
    ...(wanted.limits !== undefined && { limits: wanted.limits ?? undefined }),
    ...(wanted.models !== undefined && { models: wanted.models ?? undefined }),
    ...(wanted.allowedHosts !== undefined && { allowedHosts: wanted.allowedHosts ?? undefined }),
    ...(wanted.requiresProviderKey !== undefined && {
      requiresProviderKey: wanted.requiresProviderKey || undefined,
    }),
  };
}

async function changed(
  ports: UpdateKeyPorts,
  record: KeyRecord,
  name: string | undefined,
  changes: Changes | undefined,
): Promise<KeyRecord> {
  const { records } = ports;
  if (changes === undefined) {
    if (name === undefined || name === record.name) return record;
    if (!(await records.rename(record, name))) throw await changedMeanwhile(records, record);
    return { ...record, name };
  }
  const { expiresAt, limits, models, allowedHosts, requiresProviderKey } = { ...record, ...changes };
  const settings: OwnSettings = {
    name: name ?? record.name,
    expiresAt,
    limits,
    models,
    allowedHosts,
    requiresProviderKey,
  };
  const after = { ...record, ...settings };
  const plan = findPlan(ports.plans, record.plan);
  if (await records.changeSettings(record, settings, keyLimits(plan, after))) return after;
  throw await changedMeanwhile(records, record);
}
