import type { Clock } from '../clock.ts';
import type { warningSteps } from '../contract/warning-steps.ts';
import type { ErrorCode } from '../errors.ts';
import type { Place } from '../keys/ports.ts';
import type { FenceLifts, FencePorts, FenceStanding } from './fence.ts';
import type { TokenUsage } from './token-usage.ts';
import type { UsageDay } from './usage.ts';
import type { LimitField, SpendStanding, Standing, Unit, WindowKind } from './windows.ts';

/** The key that a call is charged to. */
export interface CalledKey {
  /** API Gateway's id of its secret. */
  apiKeyId: string;
  /** API Gateway hasn't counted the call, since it came without the secret. */
  unfenced?: true | undefined;
}

export interface ChargeRequest extends CalledKey {
  /** For the call's row. It doesn't identify the charge, since callers can choose API Gateway's. */
  requestId: string;
  /** For the call's row. */
  route?: string | undefined;
  now: number;
  /** As API Gateway saw it. */
  clientAddress?: string | undefined;
}

/** A counter outside the key's item. */
export interface SharedCounter {
  scope: string;
  windowId: string;
}

/** A charged call, with its user and what the key may do. */
export interface Charge {
  /** API Gateway's id of the key's first secret, which names its metering item. */
  meterId: string;
  /** On the key's item for a while, and on the call's row. */
  chargeId: string;
  requestId: string;
  /** The path that was called. */
  route?: string | undefined;
  chargedAt: number;
  userId: string;
  keyId: string;
  plan: string;
  /** Where it counts if its key ends or moves before the call does; unknown for keys made before places were stored. */
  place?: Place | undefined;
  models: readonly string[] | undefined;
  allowedHosts?: readonly string[] | undefined;
  /** Its calls need a provider key of its own or its account's. */
  requiresProviderKey?: true | undefined;
  /** Of the day window. */
  standing: Standing;
  /** Of the shortest window with a token limit. */
  tokens?: Standing | undefined;
  /** The counters that it was added to, for a refund. */
  windowIds: readonly string[];
  /** In US dollars, of the key's window with the smallest share left, before this call. */
  spend?: SpendStanding | undefined;
  /** What is counted beyond its key. */
  shared?: SharedCharge | undefined;
  /** This call included; undefined: API Gateway hasn't counted it. */
  fence?: FenceStanding | undefined;
  /** Usage of earlier days that is to be moved to their rows, by the key's first call of a day. */
  pastUsage?: readonly DayUsage[] | undefined;
  /** What can be removed from the key's item. */
  leftovers: Leftovers;
}

export interface SharedCharge {
  /** The counters outside its key's item that it was added to, for a refund. */
  counted: readonly SharedCounter[];
  /** The user's limits that it is added to when it ends. */
  amounts?: readonly LimitField[] | undefined;
  /** Of the user's limits in tokens and in dollars, before this call. */
  tokens?: Standing | undefined;
  spend?: SpendStanding | undefined;
}

/** What a key has used on a day (UTC), as in `UsageDay`. */
export interface DayUsage {
  date: string;
  amounts: Partial<Record<UsageAmount, number>>;
}

export type UsageAmount = Exclude<keyof UsageDay, 'date' | 'keyId'>;

/** Counters of past windows, and ids of calls that ended long ago. */
export interface Leftovers {
  windowIds: readonly string[];
  chargeIds: readonly string[];
}

/** What the caller learns of a full window. */
export interface Refusal {
  /** Whose limit it is. @default the key's */
  of?: 'client' | 'user' | 'deployment' | undefined;
  /** What is used up. */
  unit: Unit;
  window: WindowKind;
  /** In the full window. */
  standing: Standing;
  /** Of the day's requests, and of tokens and dollars if limited, for the headers. */
  day: Standing;
  tokens?: Standing | undefined;
  spend?: Standing | undefined;
}

export type ChargeResult =
  | { outcome: 'charged'; charge: Charge }
  /** No such key, revoked or expired. */
  | { outcome: 'unknown_key' }
  | ({ outcome: 'exceeded'; userId: string; keyId: string } & Refusal);

/** Whether tokens are the provider's count, or an estimate because the answer broke off or the caller left. */
export type Mark = 'metered' | 'estimated' | 'aborted';

export interface Settlement {
  charge: Charge;
  /** Public name. */
  model: string;
  usage: TokenUsage;
  mark: Mark;
  /** Whose key the provider was asked with; undefined at Bedrock, which asks for none. */
  providerKey?: 'request' | 'key' | 'account' | 'operator' | undefined;
  costNanoDollars: number;
  msToFirstToken?: number | undefined;
  /** Why the answer broke off, or `caller_left`; undefined: it is whole. */
  code?: ErrorCode | undefined;
  now: number;
}

/** Why a charge is refunded: our own refusal, before a model was asked, or a failure. */
export type RefundReason = 'refused' | 'failed';

/** The exact gate and the usage behind it: one conditional write charges, another one settles. */
export interface Meter extends FenceLifts {
  charge(request: ChargeRequest): Promise<ChargeResult>;
  /**
   * Refunds the charge, once. Refunds of failures are limited per day; beyond that limit the call stays charged.
   * @param reason @default 'failed'
   * @param code for the call's row
   */
  refund(charge: Charge, model?: string, reason?: RefundReason, code?: ErrorCode): Promise<void>;
  /** Records the call's tokens and cost, once, however often it is called. */
  settle(settlement: Settlement): Promise<void>;
  /**
   * Counts a call that is not charged, and that the fence has counted unless it is `unfenced`.
   * @param isFull a limit was used up, which the user sees
   * @returns whose key it is, and its standing at the fence; undefined for an unknown key
   */
  countUncharged(call: CalledKey & { now: number; isFull?: boolean }): Promise<UnchargedCall | undefined>;
}

export interface UnchargedCall extends FenceStanding {
  userId: string;
  keyId: string;
}

export interface LoggedRefusal {
  userId: string;
  keyId: string;
  requestId: string;
  route: string;
  model: string | undefined;
  code: ErrorCode;
  now: number;
}

export interface RefusalLog {
  /** Records a refusal of a call that wasn't charged. Never throws: a lost row costs nobody anything. */
  add(refusal: LoggedRefusal): Promise<void>;
}

/** A share of a limit in dollars, in percent, that is spent. */
export type WarningStep = (typeof warningSteps)[number];

export interface SpendWarning {
  of: 'key' | 'user' | 'deployment';
  /** Whose it is; undefined: the deployment's. */
  userId?: string | undefined;
  /** Of the key that it is about. */
  keyId?: string | undefined;
  step: WarningStep;
  window: SpendStanding['window'];
  /** US dollars. */
  limit: number;
  /** When the window ends. */
  resetsAt: number;
}

export interface WarningNotes {
  /**
   * Leaves word for the reconciler, which mails it once to a user who wants that. Never throws: a warning that is lost is
   * noted again by a later call.
   */
  add(warning: SpendWarning): Promise<void>;
}

/** A charged call as it ended, for the operator's metrics. Nothing of what was said. */
export interface SettledCall
  extends Pick<Settlement, 'model' | 'usage' | 'mark' | 'costNanoDollars' | 'msToFirstToken' | 'code'> {
  requestId: string;
  keyId: string;
  /** From the charge until it was settled. */
  ms: number;
  isStreamed: boolean;
  /** Another model answered than was asked for. */
  isFallback: boolean;
}

export interface MeterPorts extends Pick<FencePorts, 'fence' | 'plans'> {
  meter: Meter;
  /** Undefined: refusals are not recorded. */
  refusals?: RefusalLog | undefined;
  /** Undefined: no mails are sent. */
  warnings?: WarningNotes | undefined;
  clock: Clock;
  /** Told of each charged call that ended, whether or not its settlement could be written. */
  onSettled?: ((call: SettledCall) => void) | undefined;
  /** Called if a write of the meter fails after the charge; the answer goes on. */
  onMeterFailed(step: 'settle' | 'refund' | 'count-refusal' | 'lift', error: unknown): void;
}
