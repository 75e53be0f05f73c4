import { type CallEngine, EngineError } from './engine-client.ts';
import { createTableInput, indexInput, type KeySchema, type TableDefinition } from './table-definition.ts';

interface Index {
  IndexName: string;
  KeySchema: KeySchema;
}

interface ExistingTable {
  KeySchema: KeySchema;
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  GlobalSecondaryIndexes?: Index[];
  LocalSecondaryIndexes?: Index[];
}

/** Creates the table, or brings an existing one up to its definition without touching its items. */
export async function makeTable(call: CallEngine, name: string, table: TableDefinition): Promise<void> {
  const existing = await describe(call, name);
  if (existing === undefined) await call('CreateTable', createTableInput(name, table));
  else {
    refuseOtherKeys(name, existing, table);
    await makeIndexes(call, name, existing, table);
  }
  await setTimeToLive(call, name, table);
}

async function describe(call: CallEngine, name: string): Promise<ExistingTable | undefined> {
  try {
    return (await call<{ Table: ExistingTable }>('DescribeTable', { TableName: name })).Table;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function refuseOtherKeys(name: string, existing: ExistingTable, table: TableDefinition): void {
  const was = keys(existing.KeySchema, existing.AttributeDefinitions);
  const wanted = keys(table.KeySchema, table.AttributeDefinitions);
  const wasLocal = indexes(existing.LocalSecondaryIndexes, existing.AttributeDefinitions);
  const wantedLocal = indexes(table.LocalSecondaryIndexes, table.AttributeDefinitions);
  if (was === wanted && wasLocal === wantedLocal) return;
  const [from, to] = was === wanted ? [wasLocal || 'none', wantedLocal || 'none'] : [was, wanted];
  const what = was === wanted ? 'local indexes' : 'key';
  throw new Error(
    `The table '${name}' already has items under another ${what} (${from}) than the template asks for (${to}). ` +
      'Start with --fresh to begin with empty tables.',
  );
}

async function makeIndexes(
  call: CallEngine,
  name: string,
  existing: ExistingTable,
  table: TableDefinition,
): Promise<void> {
  const { AttributeDefinitions } = table;
  const wanted = new Map((table.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  const kept = new Set<string>();
  const update = (change: object) =>
    call('UpdateTable', { TableName: name, AttributeDefinitions, GlobalSecondaryIndexUpdates: [change] });

  for (const was of existing.GlobalSecondaryIndexes ?? []) {
    const index = wanted.get(was.IndexName);
    const isSame =
      index !== undefined &&
      keys(index.KeySchema, AttributeDefinitions) === keys(was.KeySchema, existing.AttributeDefinitions);
    if (isSame) kept.add(was.IndexName);
    else await update({ Delete: { IndexName: was.IndexName } });
  }
  for (const index of wanted.values()) {
    if (!kept.has(index.IndexName)) await update({ Create: indexInput(index) });
  }
}

async function setTimeToLive(call: CallEngine, name: string, table: TableDefinition): Promise<void> {
  const wanted = timeToLiveAttribute(table);
  const { TimeToLiveDescription: current } = await call<{
    TimeToLiveDescription?: { TimeToLiveStatus?: string; AttributeName?: string };
  }>('DescribeTimeToLive', { TableName: name });
  const was = current?.TimeToLiveStatus === 'ENABLED' ? current.AttributeName : undefined;
  if (was === wanted) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    call('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (was !== undefined) await set(was, false);
  if (wanted !== undefined) await set(wanted, true);
}

export const timeToLiveAttribute = ({ TimeToLiveSpecification: specification }: TableDefinition) =>
  specification?.Enabled === true ? specification.AttributeName : undefined;

/** For comparison: `HASH pk S, RANGE sk S`. */
function keys(schema: KeySchema, attributes: ExistingTable['AttributeDefinitions']): string {
  const typeOf = (name: string) =>
    attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  return schema
    .map(({ KeyType, AttributeName }) => `${KeyType} ${AttributeName} ${typeOf(AttributeName)}`)
    .sort()
    .join(', ');
}

const indexes = (list: Index[] | undefined, attributes: ExistingTable['AttributeDefinitions']) =>
  (list ?? [])
    .map(({ IndexName, KeySchema }) => `${IndexName}: ${keys(KeySchema, attributes)}`)
    .sort()
    .join('; ');
