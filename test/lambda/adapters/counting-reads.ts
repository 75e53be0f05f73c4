import type { QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../../lambda/adapters/table.ts';

/** The same table, and how many items its queries have read, those that were filtered out too. */
export function countingReads(table: Table): { table: Table; read: () => number } {
  let read = 0;
  const send = async (...args: unknown[]) => {
    const answer = await (table.documents.send as (...all: unknown[]) => Promise<QueryCommandOutput>)(
      ...args,
    );
    read += answer.ScannedCount ?? 0;
    return answer;
  };
  const documents = new Proxy(table.documents, {
    get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
  });
  return { table: { ...table, documents }, read: () => read };
}
