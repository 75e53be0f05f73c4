import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyCounters, KeyMeters, RequestLimits } from '../../core/ports.ts';
import { itemKeys, type Table } from './table.ts';

/** A batch read takes at most 100 items. */
const batchSize = 100;

export function createDynamoKeyMeters(table: Table): KeyMeters {
  return {
    async read(apiKeyIds) {
      const counters = new Map<string, KeyCounters>();
      for (let from = 0; from < apiKeyIds.length; from += batchSize) {
        const items = await readBatch(table, apiKeyIds.slice(from, from + batchSize));
        for (const item of items) counters.set(apiKeyIdOf(item), toCounters(item));
      }
      return counters;
    },
  };
}

async function readBatch(table: Table, apiKeyIds: readonly string[]): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let pending: Record<string, unknown>[] = apiKeyIds.map((id) => itemKeys.meter(id));
  while (pending.length > 0) {
    const answer = await table.documents.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: pending, ConsistentRead: true } } }),
    );
    items.push(...(answer.Responses?.[table.name] ?? []));
    pending = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return items;
}

function apiKeyIdOf(item: Record<string, unknown>): string {
  return String(item['pk']).slice(itemKeys.meter('').pk.length);
}

interface WindowLimits {
  day?: number;
  hour?: number;
  minute?: number;
}

function toCounters(item: Record<string, unknown>): KeyCounters {
  const limits = item['limits'] as WindowLimits & { day: number; tokens?: number };
  const perClient = item['perClient'] as WindowLimits | undefined;
  const windows = Object.entries(item).filter(([name]) => /^(minute|hour|day|tokens)-/.test(name));
  return {
    usedByWindow: Object.fromEntries(windows) as Record<string, number>,
    limits: {
      ...toRequestLimits(limits),
      requestsPerDay: limits.day,
      tokensPerDay: limits.tokens,
      perClient: perClient && toRequestLimits(perClient),
      models: item['models'] as string[] | undefined,
      allowedHosts: item['allowedHosts'] as string[] | undefined,
    },
    lastUsedAt: item['lastUsedAt'] as number | undefined,
  };
}

function toRequestLimits({ day, hour, minute }: WindowLimits): RequestLimits {
  return { requestsPerDay: day, requestsPerHour: hour, requestsPerMinute: minute };
}
