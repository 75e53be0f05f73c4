import type { Random } from './random.ts';
import { secondsPerDay } from './series.ts';
import type { DaySettings } from './settings.ts';

/** The day's calls by user, in the order of each user's own time. */
export interface Calls {
  count: number;
  second: Uint32Array;
  user: Uint32Array;
  inputTokens: Uint32Array;
  outputTokens: Uint32Array;
  model: Uint8Array;
}

export interface ActiveUsers {
  /** Requests a day of each active user's plan. */
  requestsPerDay: Uint16Array;
  attempts: Uint16Array;
}

/** A user tries on whatever the plan is; the longest day is bounded so that no one draws for ever. */
const mostAttempts = 500;
const midnightSeconds = 5;
const fullHourSeconds = 10;

export function drawUsers(settings: DaySettings, random: Random): ActiveUsers {
  const count = Math.round(settings.users * settings.activeShare);
  const requestsPerDay = new Uint16Array(count);
  const attempts = new Uint16Array(count);
  const shares = settings.plans.map(({ share }) => share);
  for (let user = 0; user < count; user += 1) {
    const plan = settings.plans[random.pick(shares)];
    if (plan === undefined) throw new Error('there are no plans');
    requestsPerDay[user] = plan.requestsPerDay;
    attempts[user] = Math.min(mostAttempts, 1 + Math.floor(random.exponential(plan.meanAttempts - 0.5)));
  }
  return { requestsPerDay, attempts };
}

export function drawCalls(settings: DaySettings, users: ActiveUsers, random: Random): Calls {
  const count = users.attempts.reduce((sum, attempts) => sum + attempts, 0);
  const calls: Calls = {
    count,
    second: new Uint32Array(count),
    user: new Uint32Array(count),
    inputTokens: new Uint32Array(count),
    outputTokens: new Uint32Array(count),
    model: new Uint8Array(count),
  };
  const modelShares = settings.models.map(({ share }) => share);
  let next = 0;
  for (let user = 0; user < users.attempts.length; user += 1) {
    const attempts = users.attempts[user] ?? 0;
    // Who runs past the plan today is taken to have done so yesterday.
    const waited = attempts > (users.requestsPerDay[user] ?? 0) && random.chance(settings.midnightShare);
    for (const second of drawSeconds(settings, attempts, waited, random)) {
      calls.second[next] = second;
      calls.user[next] = user;
      const { inputTokens, outputTokens } = settings;
      calls.inputTokens[next] = Math.ceil(random.logNormal(inputTokens.median, inputTokens.sigma));
      calls.outputTokens[next] = Math.min(
        settings.maxOutputTokens,
        Math.ceil(random.logNormal(outputTokens.median, outputTokens.sigma)),
      );
      calls.model[next] = random.pick(modelShares);
      next += 1;
    }
  }
  return calls;
}

/** When one user calls, in order. */
function drawSeconds(settings: DaySettings, attempts: number, waited: boolean, random: Random): number[] {
  const seconds: number[] = waited ? [random.below(midnightSeconds)] : [];
  const scheduled = random.chance(settings.scheduledShare);
  const hour = () => random.pick(settings.hourWeights) * 3600;
  while (seconds.length < attempts) {
    if (scheduled) {
      seconds.push(hour() + random.below(fullHourSeconds));
      continue;
    }
    let second = hour() + random.below(3600);
    do {
      seconds.push(Math.min(secondsPerDay - 1, Math.floor(second)));
      second += 1 + random.exponential(settings.meanPauseSeconds);
    } while (seconds.length < attempts && !random.chance(1 / settings.meanSittingCalls));
  }
  return seconds.sort((left, right) => left - right);
}

/** From the charge to the end of the stream. */
export function secondsOf(settings: DaySettings, outputTokens: number): number {
  return settings.firstTokenSeconds + outputTokens / settings.tokensPerSecond;
}
