/** Run as a process of its own, to be killed: puts one item, prints the engine's URL, and waits. */
import { createEngineClient } from '../../../../local/aws/dynamodb/engine-client.ts';
import { findEngine } from '../../../../local/aws/dynamodb/find-engine.ts';
import { createForwarder } from '../../../../local/aws/dynamodb/forward.ts';
import { makeTable } from '../../../../local/aws/dynamodb/make-table.ts';
import { superviseEngine } from '../../../../local/aws/dynamodb/supervise-engine.ts';
import { parseTable } from '../../../../local/aws/dynamodb/table-definition.ts';
import { silentLog } from '../../../../local/log.ts';

const [dataDirectory] = process.argv.slice(2);
const source = findEngine(process.env);
if (source.kind !== 'binary' || dataDirectory === undefined)
  throw new Error('needs an engine and a directory');
const engine = await superviseEngine({
  binary: source.path,
  databaseFile: `${dataDirectory}/dynamodb.sqlite`,
  log: silentLog,
  onRestart: async () => {},
});
const call = createEngineClient(createForwarder(), () => engine.url);
const definition = {
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};
await makeTable(call, 'kept', parseTable('kept', definition));
await call('PutItem', { TableName: 'kept', Item: { pk: { S: 'a' }, sk: { S: 'b' }, text: { S: 'kept' } } });
console.log(engine.url?.href);
setInterval(() => {}, 1_000);
