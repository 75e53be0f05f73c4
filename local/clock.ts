/** The one clock of the runtime. `/_local/clock` moves it; the gateway, functions and sweeps all read it. */
export interface Clock {
  /** Milliseconds since the epoch, offset included. */
  now(): number;
}

export interface MovableClock extends Clock {
  readonly offsetSeconds: number;
  moveTo(offsetSeconds: number): void;
}

export function createClock(): MovableClock {
  let offsetSeconds = 0;
  return {
    now: () => Date.now() + offsetSeconds * 1000,
    get offsetSeconds() {
      return offsetSeconds;
    },
    moveTo(seconds) {
      offsetSeconds = seconds;
    },
  };
}
