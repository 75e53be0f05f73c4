import { apiGateway, cognito, createKeyRetries, dynamodb, lambda, stage } from '../aws-figures.ts';
import { drawCalls, drawUsers } from './calls.ts';
import { type Cost, costOfDay } from './costs.ts';
import { type Demand, measureDemand } from './demand.ts';
import { type KeyCreation, simulateKeyCreation } from './key-creation.ts';
import { type AccountDay, type AccountLimits, runOneAccount } from './one-account.ts';
import { createRandom, type Random } from './random.ts';
import { add, maxOf, perWindow, type Spread, secondsPerDay, spreadOf, sumOfAll } from './series.ts';
import type { DaySettings } from './settings.ts';
import { hottest, spreadOverShards, type Throttled, throttledWrites } from './throttles.ts';
import { writeUnits } from './write-units.ts';

export interface Day {
  demand: Demand;
  keys: { existing: number; cells: number };
  creation: KeyCreation;
  hottestPartition: Spread;
  partitionThrottles: Throttled;
  /** The global ceiling on one item, and spread over shards. */
  ceiling: { shards: number; busiestShard: Spread; throttled: Throttled }[];
  limits: Limit[];
  /** The same calls against one account as AWS gives it, then with more and more of its limits raised. */
  accounts: { name: string; day: AccountDay }[];
  costs: Cost[];
}

/** A limit, what the busiest moment asks of it, and at how many users that moment is too much. */
export interface Limit {
  name: string;
  limit: number;
  unit: string;
  peak: number;
  raisable: boolean;
  breaksAtUsers: number;
}

/** Of one visit: profile (one write), list of keys with its meters, usage. */
const visit = { requests: 3, readUnits: 2.5 };

export function simulateDay(settings: DaySettings): Day {
  // Streams of chance of their own, so that one more draw here doesn't change everything there.
  const random = (part: number) => createRandom(settings.seed * 16 + part);
  const users = drawUsers(settings, random(0));
  const calls = drawCalls(settings, users, random(1));
  const demand = measureDemand(settings, users, calls, random(2));
  const creation = simulateKeyCreation(settings, { ...apiGateway, ...createKeyRetries }, random(3));
  const visits = addConsole(settings, demand, creation, random(4));
  const existing = Math.round(settings.users * settings.keysPerUser);
  const cells = Math.max(1, Math.ceil(existing / apiGateway.keysPerAccount));
  const limits = limitsOf(settings, demand, creation, existing);
  return {
    demand,
    keys: { existing, cells },
    creation,
    hottestPartition: spreadOf(hottest(demand.partitions)),
    partitionThrottles: throttledWrites(demand.partitions, dynamodb.partitionWritesPerSecond),
    ceiling: [1, settings.ceilingShards].map((shards) => ceilingOn(demand, shards, random(5))),
    limits,
    accounts: accountsOf(settings).map(({ name, limits, raised }) => ({
      name,
      day: runOneAccount(raised ?? settings, limits, users, calls, random(6)),
    })),
    costs: costOfDay(
      settings,
      demand,
      {
        requests: visits * visit.requests + creation.made + creation.answers503,
        readUnits: visits * visit.readUnits,
      },
      cells,
    ),
  };
}

/** How much more than the default a raised quota is taken to be. */
const raise = 10;

function accountsOf(settings: DaySettings): { name: string; limits: AccountLimits; raised?: DaySettings }[] {
  const given: AccountLimits = {
    stageRequestsPerSecond: stage.requestsPerSecond,
    stageBurst: stage.burst,
    concurrency: lambda.concurrency,
    partitionWritesPerSecond: dynamodb.partitionWritesPerSecond,
    ceilingShards: 1,
  };
  const open = {
    ...given,
    stageRequestsPerSecond: apiGateway.requestsPerSecond,
    stageBurst: apiGateway.requestsPerSecond,
  };
  const wide = { ...open, concurrency: raise * lambda.concurrency };
  const raised = {
    ...settings,
    models: settings.models.map((model) => ({
      ...model,
      quotaTokensPerMinute: raise * model.quotaTokensPerMinute,
    })),
  };
  const shards = settings.ceilingShards;
  return [
    { name: 'as AWS and our stage give it', limits: given },
    { name: 'stage throttle at 10,000 a second', limits: open },
    { name: 'and Lambda and Bedrock at ten times', limits: wide, raised },
    { name: `and the ceiling on ${shards} items`, limits: { ...wide, ceilingShards: shards }, raised },
  ];
}

function ceilingOn(demand: Demand, shards: number, random: Random) {
  const spread = spreadOverShards(demand.ceilingWrites, shards, random);
  return {
    shards,
    busiestShard: spreadOf(hottest(spread)),
    throttled: throttledWrites(spread, dynamodb.partitionWritesPerSecond),
  };
}

/** Adds the writes of visits and creations. @returns the number of visits */
function addConsole(settings: DaySettings, demand: Demand, creation: KeyCreation, random: Random): number {
  const partition = () => demand.partitions[random.below(settings.partitions)] ?? new Float64Array(0);
  const visits = Math.round(settings.users * settings.activeShare * settings.consoleVisits);
  for (let index = 0; index < visits; index += 1) {
    const second = random.pick(settings.hourWeights) * 3600 + random.below(3600);
    add(demand.writes.profile, second);
    add(partition(), second);
  }
  for (const second of creation.madeAt) {
    if (second >= secondsPerDay) continue;
    add(demand.writes.profile, second, writeUnits.profile);
    add(demand.writes.keys, second, writeUnits.keys);
    add(partition(), second, writeUnits.profile + writeUnits.keys);
  }
  return visits;
}

function limitsOf(
  settings: DaySettings,
  demand: Demand,
  creation: KeyCreation,
  existingKeys: number,
): Limit[] {
  const limit = (name: string, most: number, unit: string, peak: number, raisable: boolean): Limit => ({
    name,
    limit: most,
    unit,
    peak,
    raisable,
    breaksAtUsers: peak === 0 ? Number.POSITIVE_INFINITY : (settings.users * most) / peak,
  });
  const table = sumOfAll(Object.values(demand.writes));
  const growth = demand.running.map((now, second) => now - (demand.running[second - 10] ?? 0));
  return [
    limit('API keys, API Gateway', apiGateway.keysPerAccount, 'keys', existingKeys, false),
    limit('CreateApiKey', apiGateway.createApiKeyPerSecond, 'a second', creation.peakPerSecond, false),
    limit(
      'stage throttle (ours)',
      stage.requestsPerSecond,
      'calls a second',
      maxOf(demand.callsPerSecond),
      true,
    ),
    limit(
      'API Gateway account',
      apiGateway.requestsPerSecond,
      'calls a second',
      maxOf(demand.callsPerSecond),
      true,
    ),
    limit('Lambda concurrency', lambda.concurrency, 'at once', maxOf(demand.running), true),
    limit('Lambda growth', lambda.growthPerTenSeconds, 'in 10 s', maxOf(growth), false),
    limit(
      'ceiling on one item',
      dynamodb.partitionWritesPerSecond,
      'writes a second',
      maxOf(demand.ceilingWrites),
      false,
    ),
    limit(
      `hottest of ${settings.partitions} partitions`,
      dynamodb.partitionWritesPerSecond,
      'writes a second',
      maxOf(hottest(demand.partitions)),
      false,
    ),
    limit('new table', dynamodb.newTableWritesPerSecond, 'writes a second', maxOf(table), true),
    limit('table quota', dynamodb.tableWritesPerSecond, 'writes a second', maxOf(table), true),
    limit(
      'Cognito sign-ups',
      cognito.userCreationsPerSecond,
      'operations a second',
      creation.peakPerSecond * cognito.operationsPerSignUp,
      true,
    ),
    ...settings.models.flatMap((model, index) => [
      limit(
        `Bedrock ${model.name}, held`,
        model.quotaTokensPerMinute,
        'tokens a minute',
        maxOf(demand.heldTokens[index] ?? []),
        true,
      ),
      limit(
        `Bedrock ${model.name}, used`,
        model.quotaTokensPerMinute,
        'tokens a minute',
        maxOf(perWindow(demand.tokens[index] ?? new Float64Array(0), 60)),
        true,
      ),
    ]),
  ].sort((left, right) => left.breaksAtUsers - right.breaksAtUsers);
}
