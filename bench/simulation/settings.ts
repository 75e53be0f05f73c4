export interface DaySettings {
  seed: number;
  users: number;
  /** Shares add up to 1. Attempts of an active user are geometric with this mean, so some run past the plan. */
  plans: readonly { requestsPerDay: number; share: number; meanAttempts: number }[];
  /** Of the users, on this day. */
  activeShare: number;
  /** Of calls by hour of the day (UTC). */
  hourWeights: readonly number[];
  /** Calls of one sitting, and seconds from one to the next. */
  meanSittingCalls: number;
  meanPauseSeconds: number;
  /** Active users whose calls are all made by a schedule, in the first ten seconds of an hour. */
  scheduledShare: number;
  /** Users past their plan yesterday whose program waited out `retry-after`: they call in the first five seconds. */
  midnightShare: number;
  /** Calls that fail before the first token and are refunded. */
  failedShare: number;
  inputTokens: { median: number; sigma: number };
  outputTokens: { median: number; sigma: number };
  /** What the call reserves of Bedrock's quota besides its input, until it ends. */
  maxOutputTokens: number;
  firstTokenSeconds: number;
  tokensPerSecond: number;
  models: readonly ModelShare[];
  /** Keys that exist, for each user. */
  keysPerUser: number;
  /** New users on this day, each making one key; some of them within minutes of an announcement. */
  signUpShare: number;
  announcement: { share: number; hour: number; minutes: number };
  /** Times that a new user comes back after a 503. */
  signUpReturns: number;
  /** Visits to the console (profile, list of keys, usage) of an active user. */
  consoleVisits: number;
  /** The table's partitions: a new on-demand table starts with 4,000 writes a second. */
  partitions: number;
  /** Items that the global ceiling is spread over. */
  ceilingShards: number;
}

export interface ModelShare {
  name: string;
  share: number;
  dollarsPerMillionInput: number;
  dollarsPerMillionOutput: number;
  quotaTokensPerMinute: number;
}

/** Assumptions, not measurements; docs/scale.md names them all. */
export const defaultSettings: DaySettings = {
  seed: 1,
  users: 1_000_000,
  plans: [
    { requestsPerDay: 10, share: 0.7, meanAttempts: 6 },
    { requestsPerDay: 20, share: 0.2, meanAttempts: 12 },
    { requestsPerDay: 30, share: 0.1, meanAttempts: 18 },
  ],
  activeShare: 0.25,
  // Two working days one after the other: Europe's from 7, America's from 14.
  hourWeights: [
    2, 1.5, 1.2, 1, 1.2, 2, 3.5, 5, 6.5, 7, 6.5, 6, 6, 7.5, 8.5, 9, 8.5, 7.5, 6.5, 6, 5.5, 4.5, 3.5, 2.5,
  ],
  meanSittingCalls: 4,
  meanPauseSeconds: 90,
  scheduledShare: 0.05,
  midnightShare: 0.05,
  failedShare: 0.005,
  inputTokens: { median: 600, sigma: 1 },
  outputTokens: { median: 250, sigma: 0.8 },
  maxOutputTokens: 4096,
  firstTokenSeconds: 0.6,
  tokensPerSecond: 100,
  models: [
    {
      name: 'nova-lite',
      share: 0.6,
      dollarsPerMillionInput: 0.06,
      dollarsPerMillionOutput: 0.24,
      quotaTokensPerMinute: 4_000_000,
    },
    {
      name: 'nova-micro',
      share: 0.3,
      dollarsPerMillionInput: 0.035,
      dollarsPerMillionOutput: 0.14,
      quotaTokensPerMinute: 4_000_000,
    },
    {
      name: 'nova-pro',
      share: 0.1,
      dollarsPerMillionInput: 0.8,
      dollarsPerMillionOutput: 3.2,
      quotaTokensPerMinute: 800_000,
    },
  ],
  keysPerUser: 1.2,
  signUpShare: 0.01,
  announcement: { share: 0.4, hour: 15, minutes: 10 },
  signUpReturns: 3,
  consoleVisits: 0.5,
  partitions: 4,
  ceilingShards: 16,
};
