import { newKeyId } from '../../../../core/keys/key-id.ts';
import type { KeyRecords } from '../../../../core/keys/ports.ts';
import type { KeyNames } from '../../../../core/metering/usage.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { newUserId, someIntent, start } from './some-keys.ts';

let aws: RunningAws;
let names: KeyNames;
let records: KeyRecords;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeyNames } = await import('../../../../lambda/adapters/keys/key-names.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  names = createDynamoKeyNames(openTable('records'));
  records = createDynamoKeys(openTable('records'));
});
afterAll(() => aws.close());

test('more keys than a batch reads get their names, except those whose record is gone or another user’s', async () => {
  const [ada, bob] = [newUserId(), newUserId()];
  const intents = Array.from({ length: 120 }, (_, at) =>
    someIntent({ userId: ada, name: `key ${at}`, plan: `plan-${at}` }),
  );
  for (const intent of intents) await records.reserve(intent, 1);
  const others = someIntent({ userId: bob });
  await records.reserve(others, 1);
  const ids = [...intents.map(({ keyId }) => keyId), others.keyId, newKeyId(start)];
  expect(await names.of(ada, ids)).toEqual(new Map(intents.map(({ keyId, name }) => [keyId, name])));
});

test('for no keys nothing is read', async () => {
  expect(await names.of(newUserId(), [])).toEqual(new Map());
});
