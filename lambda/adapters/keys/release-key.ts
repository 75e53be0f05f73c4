import { DaypassError } from '../../../core/errors.ts';
import type { KeyCounters, KeyRecord } from '../../../core/keys/ports.ts';
import { lastsADay, limitsAt } from '../../../core/metering/windows.ts';
import { keptCounters, mayRun } from '../meter/counter-names.ts';
import { addToRow, usageOn } from '../meter/day-usage.ts';
import { toCounters } from '../meter/key-meters.ts';
import { type MeterItem, readMeter } from '../meter/meter-item.ts';
import { forgetKept } from '../provider-keys/dynamo-kept-keys.ts';
import { itemKeys, type Table } from '../table.ts';
import { conditionTries, transactNamed, type Write } from '../transact.ts';
import { findRecord } from './find-record.ts';
import { updateRecord } from './key-records.ts';
import { freePlace, type LeftCounters, placeOf, revValue, unchanged } from './places.ts';
import { readPlace } from './read-place.ts';

export async function releaseKey(
  table: Table,
  { userId, keyId }: Pick<KeyRecord, 'userId' | 'keyId'>,
): Promise<void> {
  // First, so that what is cut off is done again with the rest.
  await forgetKept(table, { userId, keyId });
  for (let tries = 0; tries < conditionTries; tries += 1) {
    const record = await findRecord(table, { userId, keyId });
    if (record?.closing === undefined) return;
    const endedAt = record.endedAt ?? record.createdAt;
    const meterId = record.meterId ?? record.apiKeyId;
    const meter = meterId === undefined ? undefined : await readMeter(table, meterId);
    const place = placeOf(record);
    const holdsPlace = (await readPlace(table, place)).keyId === keyId;
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        ['record', closed(table, record, meter, endedAt)],
        ...(holdsPlace
          ? [['place', freePlace(table, place, keyId, endedAt, leftBy(meter, endedAt))] as const]
          : []),
        ...(meterId === undefined
          ? []
          : [['meter', leaveOpenCalls(table, meterId, meter, endedAt)] as const]),
        ...usageOn({ ...meter }).map((day) => [`usage ${day.date}`, addToRow(table, record, day)] as const),
      ]),
    );
    if (refused.size === 0) return;
  }
  throw keyIsBusy();
}

export function keyIsBusy(): DaypassError {
  return new DaypassError('key_busy', 'Calls with this key are ending right now. Try again in a moment.', {
    retryAfterSeconds: 5,
  });
}

/** The record keeps the counters that are shown of an ended key. */
function closed(table: Table, record: KeyRecord, meter: MeterItem | undefined, endedAt: number): Write {
  return updateRecord(table, record, {
    ConditionExpression: 'closing = :true',
    UpdateExpression: `${meter === undefined ? '' : 'SET lastCounters = :counters '}REMOVE closing`,
    ExpressionAttributeValues: { ':true': true, ':counters': meter && shownOf(meter, endedAt) },
  });
}

function shownOf(meter: MeterItem, endedAt: number): KeyCounters {
  const { usedByWindow, limits, lastUsedAt } = toCounters(meter as unknown as Record<string, unknown>);
  const { allowedHosts: _onTheRecord, ...shown } = limits;
  const counters = limitsAt(endedAt).filter(({ unit, kind }) => unit === 'requests' && lastsADay(kind));
  return {
    usedByWindow: Object.fromEntries(counters.map(({ counter }) => [counter, usedByWindow[counter] ?? 0])),
    limits: shown,
    lastUsedAt,
  };
}

/** What a metering item leaves to its key's place. */
export function leftBy(meter: MeterItem | undefined, now = 0): LeftCounters | undefined {
  if (meter === undefined) return undefined;
  return { counters: keptCounters(meter as unknown as Record<string, unknown>, now), limits: meter.limits };
}

/**
 * Leaves nothing of a metering item but the ids of calls that are still running, so that these end once too, and each
 * counts what it used: see meter/end-call.ts.
 */
function leaveOpenCalls(table: Table, meterId: string, read: MeterItem | undefined, endedAt: number): Write {
  const open = [...(read?.charged ?? [])].filter((id) => mayRun(id, endedAt));
  if (read === undefined || open.length === 0) return deleteMeter(table, meterId, read);
  const values = revValue(read);
  return {
    Put: {
      TableName: table.name,
      Item: {
        ...itemKeys.meter(meterId),
        status: 'ended',
        charged: new Set(open),
        // An hour after the end, when no function of the time can still run.
        ttl: Math.floor(endedAt / 1000) + 3600,
      },
      ConditionExpression: unchanged(read),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
}

/** Deletes a metering item only if it is as it was read, so that no call counted since is lost with it. */
export function deleteMeter(table: Table, meterId: string, read: MeterItem | undefined): Write {
  const values = revValue(read ?? {});
  return {
    Delete: {
      TableName: table.name,
      Key: itemKeys.meter(meterId),
      ConditionExpression: read === undefined ? 'attribute_not_exists(pk)' : unchanged(read),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
}
