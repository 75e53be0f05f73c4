import type { SharedLimits } from '../../../core/catalog.ts';
import type { Meter } from '../../../core/metering/ports.ts';
import { beforeModelMs, within } from '../../call-time.ts';
import type { Table } from '../table.ts';
import { countRefusal, refund, settle } from './books.ts';
import { charge } from './charge.ts';
import { createFenceLifts } from './fence.ts';
import { retryUnanswered } from './retry-unanswered.ts';
import { createSpendCeiling, refuseBySpend, type SpendReading } from './spend.ts';
import { tidy } from './tidy.ts';

/**
 * @param limits those beyond a key; where none but spend is limited, every charge is one write
 * @param onSpendRead told whenever the day's spend was read
 */
export function createDynamoMeter(
  table: Table,
  limits: SharedLimits = {},
  onSpendRead: (reading: SpendReading) => void = () => {},
): Meter {
  const spend = createSpendCeiling(table, limits, onSpendRead);
  return {
    ...createFenceLifts(table),
    charge: (request) =>
      within(beforeModelMs, async () =>
        (await spend?.isReached(request.now))
          ? refuseBySpend(table, request)
          : charge(table, limits, request),
      ),
    async refund(charge, model, reason) {
      await retryUnanswered(() => refund(table, charge, model, reason));
      await tidy(table, charge);
    },
    async settle(settlement) {
      await retryUnanswered(() => settle(table, settlement, spend));
      await tidy(table, settlement.charge);
    },
    countRefusal: countRefusal(table),
  };
}
