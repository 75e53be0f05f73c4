import type { Clock } from '../clock.ts';
import type { Place } from '../keys/ports.ts';
import type { FencePorts, FenceStanding, LiftBooks } from './fence.ts';
import type { TokenUsage } from './token-usage.ts';
import type { Standing, Unit, WindowKind } from './windows.ts';

export interface ChargeRequest {
  apiKeyId: string;
  /** For the ledger. A charge is not known by it: callers can choose API Gateway's. */
  requestId: string;
  now: number;
  /** As API Gateway saw it. */
  clientAddress?: string | undefined;
}

/** A counter beyond the key's item. */
export interface SharedCounter {
  scope: string;
  windowId: string;
}

/** A charged call: whose it is, and what the key may do. */
export interface Charge {
  /** API Gateway's id of the key's first value: the name of its metering item. */
  meterId: string;
  /** Names this charge: on the key's item for a while, and in the ledger. */
  chargeId: string;
  requestId: string;
  chargedAt: number;
  userId: string;
  keyId: string;
  plan: string;
  /** Where it counts, should its key end or move before the call does; unknown for keys made before places were kept. */
  place?: Place | undefined;
  models: readonly string[] | undefined;
  allowedHosts?: readonly string[] | undefined;
  /** Of the day window. */
  standing: Standing;
  /** Of the shortest window whose tokens are limited. */
  tokens?: Standing | undefined;
  /** The names of the counters it is counted by, for a refund. */
  windowIds: readonly string[];
  /** Where it counts beyond its key. */
  shared?: { counted: readonly SharedCounter[] } | undefined;
  /** Of API Gateway's fence, this call counted. */
  fence: FenceStanding;
  /** What can be removed from the key's item in passing. */
  leftovers: Leftovers;
}

/** Counters of past windows and past charge ids. */
export interface Leftovers {
  windowIds: readonly string[];
  chargeIds: readonly string[];
}

/** What a full limit tells the caller. */
export interface Refusal {
  /** Whose limit it is; the key's where none is named. */
  of?: 'client' | 'user' | 'deployment' | undefined;
  /** What is used up. */
  unit: Unit;
  window: WindowKind;
  /** In the full window. */
  standing: Standing;
  /** Of the day's requests, and of tokens where they are limited, for the headers. */
  day: Standing;
  tokens?: Standing | undefined;
}

export type ChargeResult =
  | { outcome: 'charged'; charge: Charge }
  /** No such key, revoked or expired. */
  | { outcome: 'unknown_key' }
  | ({ outcome: 'exceeded'; userId: string; keyId: string } & Refusal);

/** Whether tokens are the provider's own count, or estimated since it broke off or its reader left. */
export type Mark = 'metered' | 'estimated' | 'aborted';

export interface Settlement {
  charge: Charge;
  /** Public name. */
  model: string;
  usage: TokenUsage;
  mark: Mark;
  costNanoDollars: number;
  msToFirstToken?: number | undefined;
  now: number;
}

/** Why a charge is taken back: our own refusal, before a model was asked, or a failure. */
export type RefundReason = 'refused' | 'failed';

/** The exact gate and its books: one conditional write charges, one transaction settles. */
export interface Meter extends LiftBooks {
  charge(request: ChargeRequest): Promise<ChargeResult>;
  /**
   * Takes the charge back, once. Those of failures have a share of the day: past it the call stays charged.
   * @param reason by default `failed`
   */
  refund(charge: Charge, model?: string, reason?: RefundReason): Promise<void>;
  /** Writes the call into the books, once, however often it is asked for. */
  settle(settlement: Settlement): Promise<void>;
  /** In the day's row of its owner. */
  countRefusal(refusal: { userId: string; keyId: string; now: number }): Promise<void>;
  /**
   * Counts a call that API Gateway has counted and that is not charged.
   * @returns how the key stands at the fence; undefined for a key that is not there
   */
  countUncharged(call: { apiKeyId: string; now: number }): Promise<FenceStanding | undefined>;
}

export interface BookPorts extends Pick<FencePorts, 'fence' | 'plans'> {
  meter: Meter;
  clock: Clock;
  /** Told when the books could not be written; the answer goes on. */
  onBooksFailed(step: 'settle' | 'refund' | 'count-refusal' | 'lift', error: unknown): void;
}
