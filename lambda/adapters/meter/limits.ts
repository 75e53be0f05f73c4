import type { KeyLimits, RequestLimits } from '../../../core/keys/ports.ts';

/** What the metering item says of a plan and the key's own limits within it. */
export function meterLimits(limits: KeyLimits) {
  return {
    models: limits.models,
    limits: { ...windowLimits(limits), tokens: limits.tokensPerDay },
  };
}

export function windowLimits(limits: RequestLimits) {
  return { day: limits.requestsPerDay, hour: limits.requestsPerHour, minute: limits.requestsPerMinute };
}
