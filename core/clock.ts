/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** Runs what must be done even when the time for an answer is over, in time that is kept for it. */
export type InReservedTime = <T>(work: () => Promise<T>) => Promise<T>;
