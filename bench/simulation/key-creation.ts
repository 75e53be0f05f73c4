import type { Random } from './random.ts';
import { type Spread, secondsPerDay, spreadOf } from './series.ts';
import type { DaySettings } from './settings.ts';

export interface KeyCreationLimits {
  createApiKeyPerSecond: number;
  attempts: number;
  firstDelaySeconds: number;
  returnSeconds: number;
}

export interface KeyCreation {
  wanted: number;
  made: number;
  /** Gave up after their last 503. */
  gaveUp: number;
  answers503: number;
  attempts: number;
  /** From the first click to the key, of those made. */
  waitSeconds: Spread;
  /** Wanted within the busiest minute, a second. */
  peakPerSecond: number;
  /** When each key was made. */
  madeAt: number[];
}

interface Visit {
  at: number;
  clickedAt: number;
  attempt: number;
  returns: number;
}

/** Sign-ups at the gateway's control plane, which takes a few CreateApiKey a second and refuses the rest. */
export function simulateKeyCreation(
  settings: DaySettings,
  limits: KeyCreationLimits,
  random: Random,
): KeyCreation {
  const wanted = Math.round(settings.users * settings.signUpShare);
  const clicks = Array.from({ length: wanted }, () => drawClick(settings, random)).sort((a, b) => a - b);
  const result: KeyCreation = {
    wanted,
    made: 0,
    gaveUp: 0,
    answers503: 0,
    attempts: 0,
    waitSeconds: { p50: 0, p95: 0, max: 0 },
    peakPerSecond: busiestMinute(clicks) / 60,
    madeAt: [],
  };
  const queue = createQueue(clicks.map((at) => ({ at, clickedAt: at, attempt: 1, returns: 0 })));
  const bucket = createBucket(limits.createApiKeyPerSecond);
  const waits: number[] = [];
  for (let visit = queue.take(); visit !== undefined; visit = queue.take()) {
    result.attempts += 1;
    if (bucket.take(visit.at)) {
      result.made += 1;
      result.madeAt.push(visit.at);
      waits.push(visit.at - visit.clickedAt);
      continue;
    }
    const again = nextAttempt(visit, limits, random);
    if (again !== undefined) {
      queue.put(again);
      continue;
    }
    result.answers503 += 1;
    if (visit.returns === settings.signUpReturns) {
      result.gaveUp += 1;
      continue;
    }
    // People are no metronome: they come back within as long again as they were told to wait.
    const at = visit.at + limits.returnSeconds * (1 + random.unit());
    queue.put({ ...visit, at, attempt: 1, returns: visit.returns + 1 });
  }
  return { ...result, waitSeconds: spreadOf(waits) };
}

/** @returns undefined after the last attempt */
function nextAttempt(visit: Visit, limits: KeyCreationLimits, random: Random): Visit | undefined {
  if (visit.attempt === limits.attempts) return undefined;
  const delay = random.unit() * Math.min(20, limits.firstDelaySeconds * 2 ** (visit.attempt - 1));
  return { ...visit, at: visit.at + delay, attempt: visit.attempt + 1 };
}

function drawClick(settings: DaySettings, random: Random): number {
  const { share, hour, minutes } = settings.announcement;
  if (!random.chance(share)) return random.pick(settings.hourWeights) * 3600 + random.unit() * 3600;
  // Most come at once, then fewer and fewer.
  const length = minutes * 60;
  return hour * 3600 + Math.min(length, random.exponential(length / 3)) * (1 - 1e-9);
}

function busiestMinute(clicks: readonly number[]): number {
  const minutes = new Float64Array(secondsPerDay / 60 + 1);
  for (const click of clicks) {
    const minute = Math.floor(click / 60);
    minutes[minute] = (minutes[minute] ?? 0) + 1;
  }
  return Math.max(...minutes);
}

function createBucket(perSecond: number) {
  let tokens = perSecond;
  let filledAt = 0;
  return {
    take(at: number): boolean {
      tokens = Math.min(perSecond, tokens + (at - filledAt) * perSecond);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** Visits by time: a binary heap, begun with visits that are in order already. */
function createQueue(visits: Visit[]) {
  const heap = [...visits];
  const timeAt = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (left: number, right: number) => {
    const kept = heap[left] as Visit;
    heap[left] = heap[right] as Visit;
    heap[right] = kept;
  };
  return {
    put(visit: Visit): void {
      let index = heap.push(visit) - 1;
      for (
        let parent = (index - 1) >> 1;
        index > 0 && timeAt(index) < timeAt(parent);
        parent = (index - 1) >> 1
      ) {
        swap(index, parent);
        index = parent;
      }
    },
    take(): Visit | undefined {
      const [first] = heap;
      const last = heap.pop();
      if (heap.length === 0 || last === undefined) return first;
      heap[0] = last;
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        const child = timeAt(left + 1) < timeAt(left) ? left + 1 : left;
        if (timeAt(child) >= timeAt(index)) return first;
        swap(index, child);
        index = child;
      }
    },
  };
}
