import { existsSync } from 'node:fs';
import { DescribeTableCommand, paginateScan, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { type Item, itemFromJson } from '../archive/item-json.ts';
import { openArchive } from '../archive/read-archive.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';

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
    if (manifest.tableName !== tableName)
      throw new Error(
        `${from} is of another deployment (table ${manifest.tableName}). npm run import-deployment takes it in.`,
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
