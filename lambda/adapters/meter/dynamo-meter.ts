import type { SharedLimits } from '../../../core/catalog.ts';
import type { Meter } from '../../../core/metering/ports.ts';
import { beforeModelMs, within } from '../../call-time.ts';
import type { CallsKept } from '../call-log/ledger.ts';
import { retrying } from '../retrying.ts';
import type { HotTable } from '../table.ts';
import { charge } from './charge.ts';
import { createFenceLifts } from './fence.ts';
import { moveDays } from './move-days.ts';
import { refund } from './refund.ts';
import { settle } from './settle.ts';
import { createSpendCounters, refuseBySpend, type SpendReading } from './spend/spend.ts';

/** No attempt begins after this, since the caller waits for the end of the answer. */
const longestRetryMs = 3000;

/**
 * @param limits those that count beyond one key; if none but spend is limited, every charge is one write
 * @param onSpendRead called whenever the spend of a window was read
 * @param kept how long the lines of calls are kept
 */
export function createDynamoMeter(
  table: HotTable,
  limits: SharedLimits = {},
  onSpendRead: (reading: SpendReading) => void = () => {},
  kept: CallsKept = { keepDays: 30 },
): Meter {
  const spend = createSpendCounters(table, limits, onSpendRead);
  return {
    ...createFenceLifts(table),
    charge: (request) =>
      within(beforeModelMs, async () => {
        const full = await spend.fullWindow(request.now);
        return full === undefined ? charge(table, limits, request) : refuseBySpend(table, request, full);
      }),
    async refund(charge, model, reason, code) {
      await retryUnanswered(() => refund(table, kept, charge, { model, reason, code }));
      await moveDays(table, charge);
    },
    async settle(settlement) {
      await retryUnanswered(() => settle(table, kept, settlement, spend.add(settlement)));
      await moveDays(table, settlement.charge);
    },
  };
}

/**
 * Retries a write if it is unknown whether it was applied, because no reply came or the service failed. Repeating it is
 * harmless, since a call ends at most once. The SDK's own retries are not enough: many failures at once use
 * up their quota, and a transaction that was cancelled and its reply lost has written nothing.
 */
function retryUnanswered(write: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const passes = (error: unknown) => !isNotApplied(error) && performance.now() - startedAt <= longestRetryMs;
  return retrying({ attempts: 6, firstWaitMs: 40, passes }, write);
}

/** DynamoDB itself says that the write was not applied. */
function isNotApplied(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}
