import type { KeyCounters, KeyMeters, RequestLimits } from '../../../core/keys/ports.ts';
import { readItems } from '../batch-read.ts';
import { itemKeys, type Table } from '../table.ts';

export function createDynamoKeyMeters(table: Table): KeyMeters {
  return {
    async read(apiKeyIds) {
      const items = await readItems(
        table,
        apiKeyIds.map((id) => itemKeys.meter(id)),
      );
      return new Map(items.map((item) => [apiKeyIdOf(item), toCounters(item)]));
    },
  };
}

function apiKeyIdOf(item: Record<string, unknown>): string {
  return String(item.pk).slice(itemKeys.meter('').pk.length);
}

interface WindowLimits {
  day?: number;
  hour?: number;
  minute?: number;
}

export function toCounters(item: Record<string, unknown>): KeyCounters {
  const limits = item.limits as WindowLimits & { day: number; tokens?: number };
  const perClient = item.perClient as WindowLimits | undefined;
  const windows = Object.entries(item).filter(([name]) => /^(minute|hour|day|tokens)-/.test(name));
  return {
    usedByWindow: Object.fromEntries(windows) as Record<string, number>,
    limits: {
      ...toRequestLimits(limits),
      requestsPerDay: limits.day,
      tokensPerDay: limits.tokens,
      perClient: perClient && toRequestLimits(perClient),
      models: item.models as string[] | undefined,
      allowedHosts: item.allowedHosts as string[] | undefined,
    },
    lastUsedAt: item.lastUsedAt as number | undefined,
    usagePlanId: item.usagePlanId as string | undefined,
    ...(item.status === 'suspended' && { isHeld: true }),
  };
}

function toRequestLimits({ day, hour, minute }: WindowLimits): RequestLimits {
  return { requestsPerDay: day, requestsPerHour: hour, requestsPerMinute: minute };
}
