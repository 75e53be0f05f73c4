import { existsSync } from 'node:fs';
import { DescribeTableCommand, paginateScan, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { type Item, itemFromJson } from '../archive/item-json.ts';
import { openArchive } from '../archive/read-archive.ts';
import type { Content } from '../archive/write-archive.ts';
import type { Connection } from '../connect.ts';
import { type Deployment, directoryUsers } from '../deployment.ts';

export interface Source {
  description: string;
  items(): AsyncIterable<Item>;
}

/**
 * Opens what to restore from: a file where there is one, and otherwise a table.
 * @throws Error for an export of another deployment, whose users and keys have other ids, and for the table itself
 */
export async function openSource(
  connection: Connection,
  deployment: Deployment,
  from: string,
): Promise<Source> {
  const { tableName } = deployment;
  if (existsSync(from)) {
    const { manifest, lines } = await openArchive(from);
    if (!(await isOfHere(connection, deployment, lines())))
      throw new Error(
        `${from} is of another deployment: none of its users is in Cognito here. npm run import-deployment takes it in.`,
      );
    return {
      description: `${from}, exported ${manifest.at}`,
      async *items() {
        for await (const { item } of lines())
          if (item !== undefined) yield itemFromJson(item as Record<string, unknown>);
      },
    };
  }
  if (from === tableName) throw new Error(`${from} is the table of ${deployment.stack} itself.`);
  const client = connection.dynamoDb();
  const { Table } = await client
    .send(new DescribeTableCommand({ TableName: from }))
    .catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new Error(`There is no file ${from}, and no table of this name.`);
    });
  if (Table?.TableStatus !== 'ACTIVE')
    throw new Error(`The table ${from} is ${Table?.TableStatus}. Wait until DynamoDB has restored it.`);
  return {
    description: `table ${from}`,
    async *items() {
      for await (const { Items = [] } of paginateScan({ client }, { TableName: from, ConsistentRead: true }))
        yield* Items;
    },
  };
}

/** Users keep their ids as long as their user pool lives, and no two pools give the same one. */
async function isOfHere(
  connection: Connection,
  deployment: Deployment,
  lines: AsyncIterable<Content>,
): Promise<boolean> {
  const exported = new Set<string>();
  for await (const { user } of lines)
    if (user !== undefined) exported.add((user as { userId: string }).userId);
  if (exported.size === 0) return true;
  for await (const { userId } of directoryUsers(connection, deployment))
    if (exported.has(userId)) return true;
  return false;
}
