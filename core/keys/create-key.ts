import type { UserRecord } from '../accounts/ports.ts';
import type { Clock } from '../clock.ts';
import type { CreateKeyBody } from '../contract/key-requests.ts';
import { findPlan, type Plan, type PlanUser, requireMayUse } from '../plans.ts';
import { type KeptKey, type KeptKeyPorts, sealKey } from '../provider-keys/kept-keys.ts';
import { readExpiry } from './expiry.ts';
import { gatewayKeyName, newKeyId } from './key-id.ts';
import { keyLimits, requireKnownModels, requireWithinPlan } from './key-limits.ts';
import { hashKeySecret, newKeySecret } from './key-secret.ts';
import { freePlaces, noPlaceLeft, personOf } from './places.ts';
import type { GatewayKeys, KeyCreation, KeyRecord, KeyRecords, UsedByWindow } from './ports.ts';
import { type UndoingPorts, undoing } from './undoing.ts';

export interface CreateKeyPorts extends UndoingPorts {
  records: KeyCreation & Pick<KeyRecords, 'find' | 'listAll' | 'end' | 'release'>;
  gateway: GatewayKeys;
  clock: Clock;
  plans: readonly Plan[];
  /** Public names of all models, including those for embeddings. */
  models: readonly string[];
  providerKeys: Pick<KeptKeyPorts, 'seal' | 'hosts'>;
}

/**
 * Creates a key in API Gateway and in the table, or in neither. The intent is written first, so that a crash at any later
 * point leaves a record of what may have to be undone.
 * @returns the record, the secret, which is stored nowhere, and what had been used of its place
 * @throws DaypassError `unknown_plan`, `plan_not_allowed`, `invalid_request` (limits above the plan's), `key_exists`,
 * `key_busy` (another is being created on the plan), `service_unavailable`
 */
export async function createKey(
  ports: CreateKeyPorts,
  user: UserRecord & PlanUser,
  body: CreateKeyBody,
): Promise<{ record: KeyRecord; secret: string; used: UsedByWindow }> {
  const plan = findPlan(ports.plans, body.plan);
  const now = ports.clock.now();
  requireMayUse(plan, user, now);
  requireWithinPlan(plan, body.limits);
  const secret = newKeySecret();
  requireKnownModels(ports.models, plan, body.models);
  const wanted = {
    keyId: newKeyId(now),
    userId: user.userId,
    person: personOf(user.email),
    name: body.name,
    plan: plan.name,
    valueHash: hashKeySecret(secret),
    last4: secret.slice(-4),
    createdAt: now,
    expiresAt: readExpiry(body.expiresIn, now),
    limits: body.limits,
    models: body.models,
    allowedHosts: body.allowedHosts,
    requiresProviderKey: body.requiresProviderKey || undefined,
  };
  const kept = await sealAll(ports, wanted, body.providerKeys ?? {});
  const take = () => reserve(ports, wanted, plan.maxKeysPerPlan);
  const intent = (await take()) ?? ((await freePlaces(ports, wanted)) ? await take() : undefined);
  if (intent === undefined) throw await noPlaceLeft(ports, user.userId, plan);
  return { ...(await provision(ports, intent, { secret, plan, kept, user })), secret };
}

/** Before anything begins, so that nothing has to be undone if it fails. */
function sealAll(
  { providerKeys, clock }: Pick<CreateKeyPorts, 'providerKeys' | 'clock'>,
  { userId, keyId }: Pick<KeyRecord, 'userId' | 'keyId'>,
  secrets: Readonly<Record<string, string>>,
): Promise<KeptKey[]> {
  const ports = { ...providerKeys, clock };
  const sealed = Object.entries(secrets).map(([provider, secret]) =>
    sealKey(ports, { userId, scope: keyId, provider }, secret),
  );
  return Promise.all(sealed);
}

/** Frees the place if the reply was lost, so that the user need not wait for the reconciler. */
async function reserve(
  ports: CreateKeyPorts,
  wanted: Parameters<KeyRecords['reserve']>[0],
  places: number,
): Promise<KeyRecord | undefined> {
  try {
    return await ports.records.reserve(wanted, places);
  } catch (error) {
    await undoing(ports, 'create-key', wanted.keyId, async () => {
      const reserved = await ports.records.find(wanted.userId, wanted.keyId);
      if (reserved !== undefined) await ports.records.abandon(reserved, undefined);
    });
    throw error;
  }
}

async function provision(
  ports: CreateKeyPorts,
  intent: KeyRecord,
  { secret, plan, kept, user }: { secret: string; plan: Plan; kept: readonly KeptKey[]; user: UserRecord },
): Promise<{ record: KeyRecord; used: UsedByWindow }> {
  let apiKeyId: string | undefined;
  let activating = false;
  try {
    apiKeyId = await ports.gateway.create({
      name: gatewayKeyName(intent, intent.valueHash),
      secret,
      description: `Daypass key on ${plan.name}`,
    });
    const usagePlanId = await ports.gateway.bindToPlan(apiKeyId, plan.usagePlanName);
    activating = true;
    const made = { apiKeyId, usagePlanId };
    const limits = { ...keyLimits(plan, intent), perUser: user.limits, perUserAt: user.limitsChangedAt };
    const used = await ports.records.activate(intent, made, limits, kept);
    return { record: { ...intent, status: 'active', apiKeyId }, used };
  } catch (error) {
    const undo = activating ? undoActivation : undoCreate;
    await undoing(ports, 'create-key', intent.keyId, () => undo(ports, intent, apiKeyId));
    throw error;
  }
}

/** Undoes the steps in reverse order, the intent last: it must remain as long as anything else may. */
export async function undoCreate(
  ports: { gateway: Pick<GatewayKeys, 'findIdByName' | 'delete'>; records: Pick<KeyRecords, 'abandon'> },
  intent: KeyRecord,
  knownApiKeyId?: string,
): Promise<void> {
  // The key may exist although the reply to its creation was lost.
  const apiKeyId =
    knownApiKeyId ?? (await ports.gateway.findIdByName(gatewayKeyName(intent, intent.valueHash)));
  if (apiKeyId !== undefined) await ports.gateway.delete(apiKeyId);
  await ports.records.abandon(intent, apiKeyId);
}

/**
 * Deletes the record first, since an activation may have succeeded although its reply was lost, or may still arrive. If
 * the key then can't be deleted, the reconciler finds it in API Gateway without a record.
 */
async function undoActivation(
  ports: Pick<CreateKeyPorts, 'gateway' | 'records'>,
  intent: KeyRecord,
  apiKeyId: string | undefined,
): Promise<void> {
  await ports.records.abandon(intent, apiKeyId);
  if (apiKeyId !== undefined) await ports.gateway.delete(apiKeyId);
}
