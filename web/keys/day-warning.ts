import type { Key } from './key.ts';

/** Shares of a day's limit, in percent, at which its key is warned of. */
const levels = [100, 90, 80] as const;

export interface DayWarning {
  level: (typeof levels)[number];
  window: Key['windows'][number];
}

/** The day's limit that is used up furthest, once it is near its end: requests, tokens or dollars. */
export function dayWarning({ windows }: Pick<Key, 'windows'>): DayWarning | undefined {
  const share = ({ used, limit }: Key['windows'][number]) => (limit === 0 ? 1 : used / limit);
  const [window] = windows
    .filter((one) => one.window === 'day')
    .toSorted((one, other) => share(other) - share(one));
  const level = window && levels.find((percent) => share(window) * 100 >= percent);
  return window === undefined || level === undefined ? undefined : { level, window };
}
