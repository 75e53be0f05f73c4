import type { LimitField, RequestField } from '../metering/windows.ts';
import type { Page } from '../page.ts';
import type { KeptKey } from '../provider-keys/kept-keys.ts';

/** `creating`: the intent of an unfinished creation, which is never shown. */
export type KeyRecordStatus = 'creating' | 'active' | 'revoked' | 'expired';

/** The intent of an unfinished change of plan, during which the key holds a place on both plans. */
export interface PlanChange {
  id: string;
  /** The plan it goes to, and the key's place there. */
  plan: string;
  slot: number;
  /** The new name, where the same call gives one. */
  name?: string | undefined;
  startedAt: number;
  /** It failed and is being undone, so it can't complete any more. */
  undoing?: true | undefined;
}

/** The intent of an unfinished rotation. */
export interface RotationIntent {
  valueHash: string;
  last4: string;
  startedAt: number;
  /** When the present secret stops working, once the new one works. */
  graceEndsAt: number;
}

export interface KeyRecord {
  keyId: string;
  userId: string;
  name: string;
  plan: string;
  status: KeyRecordStatus;
  /** SHA-256 of the secret, hexadecimal. */
  valueHash: string;
  last4: string;
  /** Whose places it takes: see `personOf` in core/keys/places.ts. Keys from before it was kept use their user's id. */
  person?: string | undefined;
  /** Which of the person's places on the plan it takes: 1 to maxKeysPerPlan. */
  slot: number;
  createdAt: number;
  expiresAt?: number | undefined;
  /** As its user asked for them; the metering item has those that apply. */
  limits?: OwnLimits | undefined;
  models?: readonly string[] | undefined;
  allowedHosts?: readonly string[] | undefined;
  /** Its calls need a provider key of its own or its account's. */
  requiresProviderKey?: true | undefined;
  /** API Gateway's id of the secret, once API Gateway has it. */
  apiKeyId?: string | undefined;
  /** API Gateway's id of the first secret, under which all secrets are metered as one key. */
  meterId?: string | undefined;
  /** The secret before the last rotation, as long as it may still work or has to be removed. */
  previous?: { apiKeyId: string; valueHash: string; endsAt: number } | undefined;
  rotation?: RotationIntent | undefined;
  rotatedAt?: number | undefined;
  planChange?: PlanChange | undefined;
  planChangedAt?: number | undefined;
  endedAt?: number | undefined;
  /** The key has ended, but its place is not free until what it used has been moved there. */
  closing?: true | undefined;
  /** The counters that an ended key is shown with; its metering item is gone. */
  lastCounters?: KeyCounters | undefined;
}

/** Requests in fixed UTC windows. */
export type RequestLimits = Partial<Record<RequestField, number | undefined>>;

/** Requests, tokens and US dollars in fixed UTC windows. */
export type WindowLimits = Partial<Record<LimitField, number | undefined>>;

/** Limits that all keys of a user share. */
export type UserLimits = WindowLimits;

/** A key's own limits, which apply where its plan has none or a higher one. */
export interface OwnLimits extends WindowLimits {
  /** For each client address. */
  perClient?: RequestLimits | undefined;
}

/** The limits that the metering write checks, kept on the key's own item. */
export interface KeyLimits extends OwnLimits {
  models?: readonly string[] | undefined;
  /** Hosts whose pages may use the key; undefined: any. */
  allowedHosts?: readonly string[] | undefined;
  /** Those that an admin has set for the key's user, which all keys of the user share. */
  perUser?: UserLimits | undefined;
  /** When that was. */
  perUserAt?: number | undefined;
}

/** One of the `maxKeysPerPlan` keys that a person may hold on a plan. What was used of the day stays with it. */
export interface Place {
  person: string;
  plan: string;
  slot: number;
}

/** The table's side of creating a key. */
export interface KeyCreation {
  /**
   * Writes the intent and takes one of the user's places on the plan, both or neither.
   * @returns the record with its slot, or undefined when all places are taken
   */
  reserve(intent: Omit<KeyRecord, 'slot' | 'status'>, places: number): Promise<KeyRecord | undefined>;
  /**
   * Makes the key usable: record, metering item, look-up by hash and its provider keys, in one transaction. What was used of its place
   * stays used.
   * @returns what was, by window
   */
  activate(
    record: KeyRecord,
    made: MadeGatewayKey,
    limits: KeyLimits,
    providerKeys?: readonly KeptKey[],
  ): Promise<UsedByWindow>;
  /** Undoes `reserve`, and an `activate` whose reply was lost. */
  abandon(record: KeyRecord, apiKeyId: string | undefined): Promise<void>;
}

export interface KeyRotation {
  /** @returns false when the key has ended, is being changed, or was changed since the record was read */
  beginRotation(record: KeyRecord, rotation: RotationIntent): Promise<boolean>;
  /**
   * Makes the new secret work beside the old one until the grace ends, in one transaction.
   * @returns undefined when this rotation is no longer under way: it was undone, or its key has ended
   */
  completeRotation(
    record: KeyRecord,
    rotation: RotationIntent,
    apiKeyId: string,
  ): Promise<KeyRecord | undefined>;
  /** @returns false when this rotation is no longer under way: completed, undone, or its key has ended */
  abandonRotation(record: KeyRecord, rotation: RotationIntent): Promise<boolean>;
  /** Forgets the previous secret, once API Gateway has forgotten it too. */
  forgetPreviousSecret(record: KeyRecord): Promise<void>;
}

export interface KeyPlanChange {
  /**
   * Writes the intent and takes one of the user's places on the new plan, both or neither.
   * @returns `no_place` when all places are taken, `changed` when the key has ended, is being changed, or was changed
   *   since the record was read
   */
  beginPlanChange(
    record: KeyRecord,
    change: Omit<PlanChange, 'slot'>,
    places: number,
  ): Promise<PlanChange | 'no_place' | 'changed'>;
  /**
   * Moves the key to its new place, frees the old one and applies the new limits, in one transaction. What was used
   * stays used.
   * @returns undefined when this change is no longer under way: it was undone, or its key has ended
   */
  completePlanChange(
    record: KeyRecord,
    change: PlanChange,
    what: { limits: KeyLimits; changedAt: number; usagePlanId?: string | undefined },
  ): Promise<KeyRecord | undefined>;
  /** Keeps the change from completing, however late. @returns false when it is no longer under way */
  stopPlanChange(record: KeyRecord, change: PlanChange): Promise<boolean>;
  /** Frees the place on the new plan, once API Gateway has the key on the old one again. */
  abandonPlanChange(record: KeyRecord, change: PlanChange): Promise<void>;
}

export interface KeyEnd {
  /**
   * Makes the gate refuse the key and forgets its hashes, in one transaction, and leaves an intent to free its place
   * and to remove it from API Gateway.
   */
  end(record: KeyRecord, status: 'revoked' | 'expired', endedAt: number): Promise<void>;
  /** Leaves what an ended key used with its place, and frees it. Repeating it is harmless. */
  release(record: Pick<KeyRecord, 'userId' | 'keyId'>): Promise<void>;
  /** Removes the intent: nothing is left to do for the key. */
  finishIntent(keyId: string): Promise<void>;
}

/** What a key's user may change about it besides its plan. */
export interface OwnSettings
  extends Pick<
    KeyRecord,
    'name' | 'expiresAt' | 'limits' | 'models' | 'allowedHosts' | 'requiresProviderKey'
  > {}

export interface KeySettings {
  /** Applies all of them, and the limits that follow. @returns false when the key has ended, or moves to another plan */
  changeSettings(record: KeyRecord, settings: OwnSettings, limits: KeyLimits): Promise<boolean>;
  /** @returns false when the key has ended */
  rename(record: KeyRecord, name: string): Promise<boolean>;
  /** Updates a key's metering item to the current settings. */
  applyLimits(record: KeyRecord, limits: KeyLimits, usagePlanId: string | undefined): Promise<void>;
}

export interface KeyReads {
  find(userId: string, keyId: string): Promise<KeyRecord | undefined>;
  findByHash(valueHash: string): Promise<KeyRecord | undefined>;
  /** Every record of the user, intents included, newest first. */
  listAll(userId: string): Promise<KeyRecord[]>;
  /** The user's records with something left to do: those not ended, and those whose end has an intent. */
  listUnfinished(userId: string): Promise<KeyRecord[]>;
  /** A page of what the user may see, newest first. */
  listVisible(userId: string, page: Page): Promise<{ records: KeyRecord[]; nextCursor: string | null }>;
}

/** Everything that the table does for keys. An operation takes only the parts that it uses. */
export type KeyRecords = KeyReads & KeyCreation & KeyRotation & KeyPlanChange & KeyEnd & KeySettings;

/** Counters by the name of their window: `day-2026-11-22`. */
export type UsedByWindow = Readonly<Record<string, number>>;

/** A key's counters, read without charging. */
export interface KeyCounters {
  usedByWindow: UsedByWindow;
  limits: KeyLimits;
  lastUsedAt?: number | undefined;
  /** API Gateway has let a call with it in, lately. */
  isLetIn?: true | undefined;
  usagePlanId?: string | undefined;
  /** The gate refuses the key as long as its user is suspended. */
  isHeld?: true | undefined;
}

/** What API Gateway made for a key. */
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
   * Creates a key with the given secret. A lost reply is no failure: the key is then found by its name.
   * @returns API Gateway's id of it
   */
  create(key: { name: string; secret: string; description: string }): Promise<string>;
  /** @returns API Gateway's id of the plan */
  bindToPlan(apiKeyId: string, usagePlanName: string): Promise<string>;
  /** Ends the key's binding too. Succeeds if the key is gone already. */
  delete(apiKeyId: string): Promise<void>;
  findIdByName(name: string): Promise<string | undefined>;
}

/** Which usage plan fences a key. A key can be bound to one of ours at a time. */
export interface PlanBindings extends Pick<GatewayKeys, 'bindToPlan'> {
  /** Succeeds if the key is not bound, or is gone. */
  unbindFromPlan(apiKeyId: string, usagePlanName: string): Promise<void>;
  /**
   * Looks up the plans before anything begins that would fail without them.
   * @returns API Gateway's ids by name
   */
  findPlans(usagePlanNames: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
