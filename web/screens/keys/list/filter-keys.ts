import { isLive, type Key } from '../../../keys/key.ts';

export interface KeyFilters {
  /** Part of a name, of an id, or of the end of a secret. */
  search: string | undefined;
  plan: string | undefined;
  status: string | undefined;
  /** Keys that no longer work. */
  ended: 'shown' | 'hidden';
}

/** From so many on, keys that have ended stand in the way of those that work. */
export const manyEnded = 5;

export function filterKeys(keys: readonly Key[], { search, plan, status, ended }: KeyFilters): Key[] {
  const words = search?.trim().toLowerCase() ?? '';
  return keys.filter(
    (key) =>
      [key.name, key.id, key.last4].some((text) => text.toLowerCase().includes(words)) &&
      (plan === undefined || key.plan === plan) &&
      (status === undefined || key.status === status) &&
      // Whoever asks for keys of a status that has ended wants to see them.
      (ended === 'shown' || isLive(key) || status === key.status),
  );
}
