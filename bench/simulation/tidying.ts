/**
 * When the meter's item is tidied, by the rules of lambda/adapters/meter/tidy.ts: each charge leaves three
 * window counters and its id; past windows and ids older than 15 seconds go once twelve have gathered.
 */
export interface Meter {
  /** @returns whether this charge's settle writes once more to tidy */
  charge(second: number): boolean;
}

const tolerance = 12;
const chargeIdLifeSeconds = 15;

/** @param leftovers counters of days before that are still on the item */
export function createMeter(leftovers: number): Meter {
  let old = leftovers;
  let minute = -1;
  let hour = -1;
  let recent: number[] = [];
  return {
    charge(second) {
      const thisMinute = Math.floor(second / 60);
      const thisHour = Math.floor(second / 3600);
      if (minute >= 0 && thisMinute !== minute) old += 1;
      if (hour >= 0 && thisHour !== hour) old += 1;
      minute = thisMinute;
      hour = thisHour;
      const live = recent.filter((at) => second - at <= chargeIdLifeSeconds);
      old += recent.length - live.length;
      recent = [...live, second];
      if (old < tolerance) return false;
      old = 0;
      return true;
    },
  };
}
