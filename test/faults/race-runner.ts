import { randomUUID } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Strike } from './aws-proxy.ts';
import type { Environment, Outcome } from './functions.ts';
import { routeEvent } from './operations.ts';
import { tableName } from './platform.ts';
import { seededRandom } from './random.ts';
import type { RunningBench } from './start-bench.ts';
import type { MadeKey } from './workshop.ts';

export interface ChatCall {
  /** What the call is known by in the ledger. */
  requestId: string;
  offsetMs: number;
  worker: number;
}

export interface ChatTally {
  served: ChatCall[];
  refused: ChatCall[];
  unknownKey: ChatCall[];
  /** 5xx: nobody outside can tell whether it was charged. */
  ambiguous: ChatCall[];
  other: { call: ChatCall; outcome: Outcome }[];
  /** What reached the model stand-in meanwhile. */
  modelCalls: number;
}

/** Worker processes, each with clients, connections and a memory of its own, behind the one proxy. */
export interface Race {
  readonly workers: readonly Environment[];
  /** Every worker's calls break by this rule from now on. */
  strike(rule: (worker: number) => Strike | undefined): void;
  chat(key: MadeKey, calls: readonly ChatCall[]): Promise<ChatTally>;
  create(userId: string, count: number, headers?: Record<string, string>): Promise<Outcome[]>;
  revoke(key: MadeKey): Promise<Outcome>;
  meterOf(key: MadeKey): Promise<MeterFacts>;
  close(): void;
}

export interface MeterFacts {
  /** By UTC date. */
  chargedByDay: Record<string, number>;
  /** How many charged calls have not ended. */
  open: number;
  /** Ids of the charges that were settled, by the call that they were made for. */
  settledBy: ReadonlyMap<string, string>;
}

/** Processes that call at once. */
export const raceWorkers = 8;

export function startRace(bench: RunningBench): Race {
  const names = Array.from({ length: raceWorkers }, (_unused, at) => `racer${at}`);
  const workers = names.map((name) => bench.functions.environment(name, 'process'));
  const someWorker = (at: number): Environment => workers[at % raceWorkers] as Environment;
  const nowOffset = () => bench.platform.clock.offsetSeconds * 1000;
  const strike: Race['strike'] = (rule) => {
    for (const [at, name] of names.entries()) bench.platform.proxy.lane(name).begin(rule(at));
  };
  strike(() => undefined);
  return {
    workers,
    strike,
    async chat(key, calls) {
      const before = bench.platform.modelCalls();
      const outcomes = new Map<ChatCall, Outcome>();
      const run = async (call: ChatCall) => {
        const event = chatEvent(key.record, call.requestId);
        const worker = someWorker(call.worker);
        outcomes.set(call, await worker.invoke('chat-completions', event, call.offsetMs));
      };
      await Promise.all(
        workers.map((_worker, at) =>
          someAtOnce(
            calls.filter(({ worker }) => worker === at),
            run,
          ),
        ),
      );
      const tally: ChatTally = {
        served: [],
        refused: [],
        unknownKey: [],
        ambiguous: [],
        other: [],
        modelCalls: 0,
      };
      for (const [call, outcome] of outcomes) count(tally, call, outcome);
      tally.modelCalls = bench.platform.modelCalls() - before;
      return tally;
    },
    create: (userId, count, headers = {}) =>
      Promise.all(
        Array.from({ length: count }, (_unused, at) => {
          const event = routeEvent(userId, { body: { name: 'twice', plan: '10-per-day' }, headers });
          return someWorker(at).invoke('create-api-key', event, nowOffset());
        }),
      ),
    revoke: ({ record }) =>
      someWorker(0).invoke(
        'revoke-api-key',
        routeEvent(record.userId, { pathParameters: { id: record.keyId } }),
        nowOffset(),
      ),
    async meterOf({ record }) {
      const Key = { pk: `APIKEY#${record.apiKeyId}`, sk: 'METER' };
      const { Item = {} } = await bench.inspector.documents.send(
        new GetCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      const days = Object.entries(Item).filter(([name]) => name.startsWith('day-'));
      const lines = await bench.inspector.documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :ledger)',
          ExpressionAttributeValues: { ':pk': `USER#${record.userId}`, ':ledger': 'LEDGER#' },
          ConsistentRead: true,
        }),
      );
      return {
        chargedByDay: Object.fromEntries(
          days.map(([name, used]) => [name.slice('day-'.length), Number(used)]),
        ),
        open: ((Item.charged ?? new Set()) as Set<string>).size,
        settledBy: new Map(
          (lines.Items ?? [])
            .filter(({ mark }) => mark !== 'refused' && mark !== 'refunded')
            .map(({ requestId, sk }) => [String(requestId), String(sk).split('#')[2] ?? '']),
        ),
      };
    },
    close() {
      for (const worker of workers) worker.kill();
    },
  };
}

/** How many calls a worker has under way: with more, all would wait for the one DynamoDB engine, past its clients' bounds. */
const callsAtOnce = 6;

async function someAtOnce<T>(inputs: readonly T[], work: (input: T) => Promise<void>): Promise<void> {
  const waiting = [...inputs];
  const lane = async () => {
    for (let input = waiting.shift(); input !== undefined; input = waiting.shift()) await work(input);
  };
  await Promise.all(Array.from({ length: callsAtOnce }, lane));
}

/** Calls spread over the workers in an order of the seed's, each with a clock of its own. */
export function someCalls(
  count: number,
  raceWorkers: number,
  seed: number,
  offsetMs: (worker: number, random: () => number) => number,
): ChatCall[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const worker = Math.floor(random() * raceWorkers);
    return { requestId: randomUUID(), worker, offsetMs: offsetMs(worker, random) };
  });
}

/** Loses this share of DynamoDB's replies after they were applied. */
export function loseReplies(share: number, seed: number): (worker: number) => Strike {
  return (worker) => {
    const random = seededRandom(seed * 1009 + worker);
    return ({ service }) => (service === 'dynamodb' && random() < share ? 'lost' : undefined);
  };
}

function count(tally: ChatTally, call: ChatCall, outcome: Outcome): void {
  const status = outcome === 'killed' ? 0 : outcome.status;
  if (status === 200) tally.served.push(call);
  else if (status === 429) tally.refused.push(call);
  else if (status === 401) tally.unknownKey.push(call);
  else if (status === 503) tally.ambiguous.push(call);
  else tally.other.push({ call, outcome });
}

/** A small chat with a key, as API Gateway hands it to the function. */
export function chatEvent(
  { userId, apiKeyId }: { userId: string; apiKeyId?: string | undefined },
  requestId: string,
): object {
  const body = { model: 'nova-lite', max_tokens: 2, messages: [{ role: 'user', content: 'Hello' }] };
  const requestContext = { extendedRequestId: requestId, identity: { sourceIp: '192.0.2.1', apiKeyId } };
  return { ...routeEvent(userId, { body }), requestContext };
}
