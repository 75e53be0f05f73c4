import type { KeyRecord, KeyRecords } from './ports.ts';
import { meterIdOf } from './standing.ts';

/** Whether the gate accepts a user's keys. Repeating a change is harmless. */
export interface KeyHolds {
  /** @returns whether the gate accepted the key before */
  hold(meterId: string): Promise<boolean>;
  /** @returns whether the gate held the key before */
  release(meterId: string): Promise<boolean>;
  /** Whether some of the user's keys are held. Set before the first is held, so that all are released one day. */
  markHeld(userId: string, isHeld: boolean): Promise<void>;
}

export interface HoldKeysPorts {
  records: Pick<KeyRecords, 'listUnfinished'>;
  holds: KeyHolds;
}

/**
 * Makes the gate refuse every key of a user. A key that is being created can't become active as long as its user is suspended,
 * and one that is being rotated keeps its metering item, so none is missed once the user's record says `suspended`.
 * @returns ids of the keys that were not held before
 */
export async function holdKeys({ records, holds }: HoldKeysPorts, userId: string): Promise<string[]> {
  const live = await liveKeys(records, userId);
  await holds.markHeld(userId, true);
  return changed(live, holds.hold);
}

/** @returns ids of the keys that were held before */
export async function releaseKeys({ records, holds }: HoldKeysPorts, userId: string): Promise<string[]> {
  const released = await changed(await liveKeys(records, userId), holds.release);
  await holds.markHeld(userId, false);
  return released;
}

/** The user's keys that the gate may accept. */
export async function liveKeys(records: HoldKeysPorts['records'], userId: string): Promise<KeyRecord[]> {
  const all = await records.listUnfinished(userId);
  return all.filter((record) => record.status === 'active' && meterIdOf(record) !== undefined);
}

async function changed(
  keys: readonly KeyRecord[],
  change: (meterId: string) => Promise<boolean>,
): Promise<string[]> {
  const outcomes = await Promise.all(keys.map((key) => change(meterIdOf(key) ?? '')));
  return keys.filter((_key, at) => outcomes[at]).map(({ keyId }) => keyId);
}
