import { dayMs } from '../../../../core/metering/windows.ts';
import type { Key } from '../../../keys/key.ts';

export interface FirstSteps {
  hasKey: boolean;
  hasCalled: boolean;
  hasSeen: boolean;
}

/** What a new user has done of the three steps; undefined for those who need no checklist. */
export function firstSteps(
  keys: readonly Pick<Key, 'createdAt' | 'lastUsedAt'>[],
  { hasSeen, now }: { hasSeen: boolean; now: number },
): FirstSteps | undefined {
  const isNew = keys.every(({ createdAt }) => now - Date.parse(createdAt) < dayMs);
  const hasCalled = keys.some(({ lastUsedAt }) => lastUsedAt !== null);
  if (hasCalled && (hasSeen || !isNew)) return undefined;
  return { hasKey: keys.length > 0, hasCalled, hasSeen: false };
}
