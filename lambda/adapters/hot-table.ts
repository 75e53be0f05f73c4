import { randomUUID } from 'node:crypto';
import { beforeModelMs, inTime, quickAttemptMs } from '../call-time.ts';
import { fromWireItem, toWireItem, type Wire } from './aws/dynamo-json.ts';
import { createLightClient, wholeAnswer } from './aws/light-client.ts';
import type { HotTable } from './table.ts';

/** The table over the transport of our own. */
export function openHotTable(name: string): HotTable {
  const callAws = createLightClient({
    service: 'dynamodb',
    endpoint: { prefix: 'dynamodb', variable: 'DYNAMODB' },
    attempts: 3,
    connectMs: 1000,
    silenceMs: quickAttemptMs,
  });
  const call = (operation: string, input: object) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    };
    const body = JSON.stringify(input);
    return inTime(beforeModelMs, (signal) =>
      callAws({ path: '/', headers, body }, signal, wholeAnswer(signal)),
    );
  };
  return {
    name,
    items: {
      get: async (input) => withItems(await call('GetItem', toWireFields(input))),
      put: (input) => call('PutItem', toWireFields(input)),
      update: async (input) => withItems(await call('UpdateItem', toWireFields(input))),
      async batchGet({ RequestItems = {}, ...input }) {
        const wire = mapValues(RequestItems, ({ Keys = [], ...rest }) => ({
          ...rest,
          Keys: Keys.map(toWireItem),
        }));
        const answer = await call('BatchGetItem', { ...input, RequestItems: wire });
        const { Responses = {}, UnprocessedKeys = {} } = answer as Record<string, Record<string, never>>;
        return {
          Responses: mapValues(Responses, (items: Wire[]) => items.map(fromWireItem)),
          UnprocessedKeys: mapValues(UnprocessedKeys, ({ Keys, ...rest }: { Keys: Wire[] }) => ({
            ...rest,
            Keys: Keys.map(fromWireItem),
          })),
        };
      },
      // With one token for all attempts, so that a transaction whose reply was lost is not applied again.
      transactWrite: ({ TransactItems = [], ...input }) =>
        call('TransactWriteItems', {
          ClientRequestToken: randomUUID(),
          ...input,
          TransactItems: TransactItems.map((write) =>
            mapValues(write as Record<string, object>, toWireFields),
          ),
        }),
    },
  };
}

/** Fields of an operation that hold items. */
const itemFields = ['Key', 'Item', 'ExpressionAttributeValues'] as const;

function toWireFields(input: object): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...input };
  for (const name of itemFields) {
    if (fields[name] !== undefined) fields[name] = toWireItem(fields[name] as Wire);
  }
  return fields;
}

function withItems({ Item, Attributes }: Record<string, unknown>) {
  return {
    ...(Item !== undefined && { Item: fromWireItem(Item as Wire) }),
    ...(Attributes !== undefined && { Attributes: fromWireItem(Attributes as Wire) }),
  };
}

function mapValues<Value, Mapped>(
  values: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
