import type { FencePorts, FenceStanding } from '../../../core/metering/fence.ts';
import type { Meter } from '../../../core/metering/ports.ts';

/** A key whose fence is wide open. */
export const someFence: FenceStanding = {
  apiKeyId: 'k1',
  meterId: 'k1',
  usagePlanId: 'plan1',
  plan: '10-per-day',
  date: '2026-11-22',
  counted: 1,
  room: undefined,
  lifts: 0,
  left: 7,
};

/** For tests that are not about the fence: nothing has to be lifted. */
export const quietFenceLifts: Pick<Meter, 'countUncharged' | 'claimLift' | 'recordFailedLift'> = {
  countUncharged: async () => undefined,
  claimLift: async () => false,
  recordFailedLift: async () => undefined,
};
export const quietFence: Pick<FencePorts, 'fence' | 'plans'> = {
  fence: { setRemaining: async () => undefined },
  plans: [],
};
