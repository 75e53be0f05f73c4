import type { Page } from '../page.ts';

/** `creating` is the written intent of a create that has not ended; it is never shown to anyone. */
export type KeyRecordStatus = 'creating' | 'active' | 'revoked' | 'expired';

/** The written intent of a change of plan that has not ended. The key holds a place on both plans meanwhile. */
export interface PlanChange {
  id: string;
  /** The plan it goes to, and the key's place there. */
  plan: string;
  slot: number;
  /** The new name, where the same call gives one. */
  name?: string | undefined;
  startedAt: number;
  /** It failed and is being undone: it can't complete any more. */
  undoing?: true | undefined;
}

/** The written intent of a rotation that has not ended. */
export interface RotationIntent {
  valueHash: string;
  last4: string;
  startedAt: number;
  /** When the present value stops working, once the new one works. */
  graceEndsAt: number;
}

export interface KeyRecord {
  keyId: string;
  userId: string;
  name: string;
  plan: string;
  status: KeyRecordStatus;
  /** SHA-256 of the value, hexadecimal. */
  valueHash: string;
  last4: string;
  /** Whose day it uses: see core/keys/person.ts. Keys made before it was kept have their user's id for it. */
  person?: string | undefined;
  /** Which of the person's places on the plan it takes: 1 … maxKeysPerPlan. */
  slot: number;
  createdAt: number;
  expiresAt?: number | undefined;
  /** What its owner asked for; the metering item has what holds. */
  limits?: OwnLimits | undefined;
  models?: readonly string[] | undefined;
  allowedHosts?: readonly string[] | undefined;
  /** API Gateway's id of the key; known once the gateway has made it. */
  apiKeyId?: string | undefined;
  /** API Gateway's id of the first value, under which all values are metered as one key. */
  meterId?: string | undefined;
  /** The value before the last rotation, as long as it may still work or is still to be removed. */
  previous?: { apiKeyId: string; valueHash: string; endsAt: number } | undefined;
  rotation?: RotationIntent | undefined;
  rotatedAt?: number | undefined;
  planChange?: PlanChange | undefined;
  planChangedAt?: number | undefined;
  endedAt?: number | undefined;
  /** Of an ended key whose place is still to be freed: what was used is not with the place yet. */
  closing?: true | undefined;
  /** Of an ended key, what is shown of its counters as they were then; the metering item is gone. */
  lastCounters?: KeyCounters | undefined;
}

/** Requests in fixed UTC windows. */
export interface RequestLimits {
  requestsPerDay?: number | undefined;
  requestsPerHour?: number | undefined;
  requestsPerMinute?: number | undefined;
}

/** Limits that a key has of its own. They hold where its plan has none or a higher one. */
export interface OwnLimits extends RequestLimits {
  tokensPerDay?: number | undefined;
  /** For each client address. */
  perClient?: RequestLimits | undefined;
}

/** The limits that the metering write checks, kept on the key's own item. */
export interface KeyLimits extends OwnLimits {
  requestsPerDay: number;
  models?: readonly string[] | undefined;
  /** Hosts whose pages may use the key; undefined: it may be used from anywhere. */
  allowedHosts?: readonly string[] | undefined;
}

/** One of the `maxKeysPerPlan` keys that a person may hold on a plan. What was used of the day stays with it. */
export interface Place {
  person: string;
  plan: string;
  slot: number;
}

export interface KeyRecords {
  /**
   * Writes the intent and takes one of the user's places on the plan, both or neither.
   * @returns the record with its slot, or undefined when all places are taken
   */
  reserve(intent: Omit<KeyRecord, 'slot' | 'status'>, places: number): Promise<KeyRecord | undefined>;
  /**
   * Makes the key usable: record, metering item and look-up by hash, in one transaction. What was used of its place
   * stays used.
   * @returns what was, by window
   */
  activate(record: KeyRecord, made: MadeGatewayKey, limits: KeyLimits): Promise<UsedByWindow>;
  /** Undoes `reserve` (and `activate`, if its reply was lost). */
  abandon(record: KeyRecord, apiKeyId: string | undefined): Promise<void>;
  /**
   * Ends the key for the metering write and forgets its hashes, in one transaction, and leaves an intent to free its
   * place and to remove what API Gateway has of it.
   */
  end(record: KeyRecord, status: 'revoked' | 'expired', endedAt: number): Promise<void>;
  /** Leaves what an ended key used with its place, and frees it. Doing it again is harmless. */
  release(record: Pick<KeyRecord, 'userId' | 'keyId'>): Promise<void>;
  /** Makes a key's metering item say what holds by the settings of today. */
  applyLimits(record: KeyRecord, limits: KeyLimits, usagePlanId: string | undefined): Promise<void>;
  /** Forgets that anything is left to do for the key. */
  settleIntent(keyId: string): Promise<void>;
  /** @returns false when it is being changed or was, since the record was read, or the key has ended */
  beginRotation(record: KeyRecord, rotation: RotationIntent): Promise<boolean>;
  /**
   * Makes the new value usable beside the old one until the grace ends, in one transaction.
   * @returns undefined when this rotation is no longer under way: undone, or its key ended
   */
  completeRotation(
    record: KeyRecord,
    rotation: RotationIntent,
    apiKeyId: string,
  ): Promise<KeyRecord | undefined>;
  /** @returns false when this rotation is no longer under way: completed, undone, or its key ended */
  abandonRotation(record: KeyRecord, rotation: RotationIntent): Promise<boolean>;
  /** Forgets the previous value, once API Gateway has forgotten it too. */
  dropPrevious(record: KeyRecord): Promise<void>;
  /** @returns false when the key has ended */
  rename(record: KeyRecord, name: string): Promise<boolean>;
  /**
   * Writes the intent and takes one of the user's places on the new plan, both or neither.
   * @returns `no_place` when all places are taken, `changed` when the key is being changed or was, since the
   *   record was read, or has ended
   */
  beginPlanChange(
    record: KeyRecord,
    change: Omit<PlanChange, 'slot'>,
    places: number,
  ): Promise<PlanChange | 'no_place' | 'changed'>;
  /**
   * Moves the key to its new place, frees the old one and makes the new limits hold, in one transaction. What was
   * used stays used.
   * @returns undefined when this change is no longer under way: undone, or its key ended
   */
  completePlanChange(
    record: KeyRecord,
    change: PlanChange,
    what: { limits: KeyLimits; changedAt: number; usagePlanId?: string | undefined },
  ): Promise<KeyRecord | undefined>;
  /** Keeps the change from completing, however late. @returns false when it is no longer under way */
  stopPlanChange(record: KeyRecord, change: PlanChange): Promise<boolean>;
  /** Frees the place on the new plan; API Gateway has the key on the old one again. */
  abandonPlanChange(record: KeyRecord, change: PlanChange): Promise<void>;
  find(userId: string, keyId: string): Promise<KeyRecord | undefined>;
  /** The user's records with something left to do: those not ended, and those whose end has an intent. */
  listUnsettled(userId: string): Promise<KeyRecord[]>;
  /** Every record of the user, intents included, newest first. */
  listAll(userId: string): Promise<KeyRecord[]>;
  /** A page of what the user may see, newest first. */
  listVisible(userId: string, page: Page): Promise<{ records: KeyRecord[]; nextCursor: string | null }>;
  findByHash(valueHash: string): Promise<KeyRecord | undefined>;
}

/** Counters by the name of their window: `day-2026-11-22`. */
export type UsedByWindow = Readonly<Record<string, number>>;

/** A key's counters, read without charging. */
export interface KeyCounters {
  usedByWindow: UsedByWindow;
  limits: KeyLimits;
  lastUsedAt?: number | undefined;
  usagePlanId?: string | undefined;
  /** The gate refuses the key as long as its owner is suspended. */
  isHeld?: true | undefined;
}

/** What API Gateway has made for a key. */
export interface MadeGatewayKey {
  apiKeyId: string;
  usagePlanId?: string | undefined;
}

export interface KeyMeters {
  /** @returns counters by API Gateway key id; a missing id has no metering item */
  read(apiKeyIds: readonly string[]): Promise<Map<string, KeyCounters>>;
}

/** API Gateway's side of a key. */
export interface GatewayKeys {
  /**
   * Makes a key with the value given. A reply lost on the way is no failure: the key is then found by its name.
   * @returns API Gateway's id of it
   */
  create(key: { name: string; value: string; description: string }): Promise<string>;
  /** @returns API Gateway's id of the plan */
  bindToPlan(apiKeyId: string, usagePlanName: string): Promise<string>;
  /** Deleting a key also ends its binding; deleting what is gone is a success. */
  delete(apiKeyId: string): Promise<void>;
  findIdByName(name: string): Promise<string | undefined>;
}

/** Which usage plan API Gateway fences a key by. A key can be bound to one of ours at a time. */
export interface PlanBindings extends Pick<GatewayKeys, 'bindToPlan'> {
  /** Unbinding what is not bound, or is gone, is a success. */
  unbindFromPlan(apiKeyId: string, usagePlanName: string): Promise<void>;
  /**
   * Makes sure that the plans are there and known, so that nothing begins that fails for want of them.
   * @returns API Gateway's ids by their names
   */
  findPlans(usagePlanNames: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
