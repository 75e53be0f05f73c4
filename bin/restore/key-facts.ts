import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { KeyRecord } from '../../core/keys/ports.ts';
import type { Item } from '../archive/item-json.ts';
import { kindOf } from '../archive/item-kinds.ts';
import { batchSize, nameOf, readHere } from '../archive/read-here.ts';
import type { Connection } from '../connect.ts';
import { type Deployment, directoryUsers } from '../deployment.ts';
import type { Source } from './open-source.ts';

/** What decides whether an item may come back. */
export interface KeyFacts {
  /** Users whom Cognito has, with their addresses. */
  users: ReadonlyMap<string, string>;
  /** The records of all keys of the backup, each as the table has it, if it does. */
  keys: ReadonlyMap<string, KeyRecord>;
}

export async function readKeyFacts(
  connection: Connection,
  deployment: Deployment,
  source: Source,
): Promise<KeyFacts> {
  const users = new Map<string, string>();
  for await (const { userId, email } of directoryUsers(connection, deployment)) users.set(userId, email);
  const keys = new Map<string, KeyRecord>();
  let batch: Item[] = [];
  const read = async () => {
    const here = await readHere(connection, deployment, batch);
    for (const item of batch) {
      const record = unmarshall(here.get(nameOf(item)) ?? item) as KeyRecord;
      keys.set(record.keyId, record);
    }
    batch = [];
  };
  for await (const item of source.items()) {
    if (kindOf(item).name !== 'keys') continue;
    batch.push(item);
    if (batch.length === batchSize) await read();
  }
  await read();
  return { users, keys };
}
