import type { Key } from './key.ts';

/** How long to wait before asking again while a key is activating; false when none is. */
export function lookAgainMs(keys: readonly Key[]): number | false {
  return keys.some(({ status }) => status === 'activating') && 3000;
}
