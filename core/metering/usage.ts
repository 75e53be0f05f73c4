import { defaultUsageDays, usageDays } from '../contract/usage-days.ts';
import { DaypassError } from '../errors.ts';
import type { Page } from '../page.ts';
import { dayMs, dayOf } from './windows.ts';

/** One key's usage of a day. */
export interface UsageDay {
  /** UTC, `2026-11-22`. */
  date: string;
  keyId: string;
  requests: number;
  refused: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  costNanoDollars: number;
}

/** What both rows count together. Whose they are is told by the first one. */
export function plusUsage<Row extends Omit<UsageDay, 'keyId'>>(one: Row, other: Row): Row {
  return {
    ...one,
    requests: one.requests + other.requests,
    refused: one.refused + other.refused,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    costNanoDollars: one.costNanoDollars + other.costNanoDollars,
  };
}

export interface UsageQuery extends Page {
  userId: string;
  /** First and last day, inclusive. */
  from: string;
  to: string;
  keyId?: string | undefined;
}

export interface UsageRecords {
  /** Newest day first. */
  list(query: UsageQuery): Promise<{ days: UsageDay[]; nextCursor: string | null }>;
}

export interface KeyNames {
  /** @returns names by key id, without keys whose record is gone */
  of(userId: string, keyIds: readonly string[]): Promise<Map<string, string>>;
}

/** Rows of `GET /v1/usage`; cost in US dollars. */
export async function describeUsage(names: KeyNames, userId: string, days: readonly UsageDay[]) {
  const nameById = await names.of(userId, [...new Set(days.map(({ keyId }) => keyId))]);
  return days.map(({ costNanoDollars, ...day }) => ({
    ...day,
    keyName: nameById.get(day.keyId) ?? null,
    cost: costNanoDollars / 1e9,
  }));
}

/** The requested days, by default the last ones. @throws DaypassError `invalid_request` */
export function usageSpan(query: { from?: string | undefined; to?: string | undefined }, now: number) {
  const to = query.to ?? dayOf(now);
  const from = query.from ?? dayOf(Date.parse(to) - (defaultUsageDays - 1) * dayMs);
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days >= 1 && days <= usageDays) return { from, to };
  throw new DaypassError(
    'invalid_request',
    `from must not be after to, and the two may span at most ${usageDays} days.`,
    {
      param: 'from',
    },
  );
}
