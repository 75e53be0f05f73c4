import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LastPass } from '../../core/reconcile/last-pass.ts';
import { itemKeys, type Table } from './table.ts';

/** The report of the reconciler's last pass, one item that each pass replaces. */
export function createLastPass({ name: TableName, documents }: Table) {
  const Key = itemKeys.lastPass();
  return {
    async keep(pass: LastPass): Promise<void> {
      await documents.send(new PutCommand({ TableName, Item: { ...Key, ...pass } }));
    },
    async read(): Promise<LastPass | undefined> {
      const { Item } = await documents.send(new GetCommand({ TableName, Key }));
      return Item as LastPass | undefined;
    },
  };
}
