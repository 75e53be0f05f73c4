import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { AwsService } from '../service.ts';
import { createEngineClient } from './engine-client.ts';
import { type ExpiringTable, expireItems } from './expire-items.ts';
import { findEngine } from './find-engine.ts';
import { createForwarder } from './forward.ts';
import { makeTable, timeToLiveAttribute } from './make-table.ts';
import { createDynamoDbService } from './proxy-service.ts';
import { type Engine, superviseEngine } from './supervise-engine.ts';
import { parseTable, type TableDefinition } from './table-definition.ts';

/** Where the tables are kept; `inMemory` forgets them at the end. */
export type Storage = { dataDirectory: string } | { inMemory: true };

export type DynamoDbOptions = Storage & {
  clock: Clock;
  log: Log;
  /** For `DAYPASS_DYNAMODB_ENDPOINT` and `PATH`. */
  environment: NodeJS.ProcessEnv;
  region: string;
  accountId: string;
};

export interface DynamoDb {
  service: AwsService;
  /**
   * Creates the table, or brings an existing one up to its definition.
   * @param properties of `AWS::DynamoDB::Table`, resolved
   * @returns the attributes for `Fn::GetAtt`
   * @throws naming a property that isn't supported here, or suggesting `--fresh` when the key has changed
   */
  defineTable(name: string, properties: unknown): Promise<{ Arn: string }>;
  /** Deletes items past their time to live now. @returns how many */
  sweepExpired(): Promise<number>;
  stop(): Promise<void>;
}

const sweepEveryMilliseconds = 60_000;

export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { clock, log } = options;
  const tables = new Map<string, TableDefinition>();
  const forwarder = createForwarder();
  let engine: Engine | undefined;
  engine = await startEngine(options, async (url) => {
    const callNew = createEngineClient(forwarder, () => url);
    for (const [name, table] of tables) await makeTable(callNew, name, table);
  });
  const engineUrl = () => engine?.url;
  const call = createEngineClient(forwarder, engineUrl);

  const sweep = async () => {
    let deleted = 0;
    for (const table of expiringTables(tables)) deleted += await expireItems(call, clock, table);
    if (deleted > 0) log.detail('dynamodb', `deleted ${deleted} expired items`);
    return deleted;
  };
  let sweeping: Promise<number> | undefined;
  const sweepExpired = () => {
    sweeping ??= sweep().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  };
  const timer = setInterval(() => {
    sweepExpired().catch((error) => log.warn('dynamodb', `deleting expired items failed: ${String(error)}`));
  }, sweepEveryMilliseconds);
  timer.unref();

  return {
    service: createDynamoDbService({ forwarder, engineUrl, log }),
    sweepExpired,
    async defineTable(name, properties) {
      const table = parseTable(name, properties);
      await makeTable(call, name, table);
      tables.set(name, table);
      return { Arn: `arn:aws:dynamodb:${options.region}:${options.accountId}:table/${name}` };
    },
    async stop() {
      clearInterval(timer);
      await sweeping?.catch(() => {});
      forwarder.close();
      await engine?.stop();
    },
  };
}

async function startEngine(
  options: DynamoDbOptions,
  onRestart: (url: URL) => Promise<void>,
): Promise<Engine> {
  const source = findEngine(options.environment);
  if (source.kind === 'endpoint') return { url: source.url, stop: async () => {} };
  return superviseEngine({
    binary: source.path,
    databaseFile: databaseFile(options),
    log: options.log,
    onRestart,
  });
}

function databaseFile(storage: Storage): string | undefined {
  if ('inMemory' in storage) return undefined;
  mkdirSync(storage.dataDirectory, { recursive: true });
  return join(storage.dataDirectory, 'dynamodb.sqlite');
}

function expiringTables(tables: ReadonlyMap<string, TableDefinition>): ExpiringTable[] {
  return [...tables].flatMap(([name, table]) => {
    const attribute = timeToLiveAttribute(table);
    const keyAttributes = table.KeySchema.map(({ AttributeName }) => AttributeName);
    return attribute === undefined ? [] : [{ name, keyAttributes, timeToLiveAttribute: attribute }];
  });
}
