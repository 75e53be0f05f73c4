import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { KMSServiceException, ReEncryptCommand } from '@aws-sdk/client-kms';
import type { Item } from '../archive/item-json.ts';
import { say } from '../command.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';
import { contextOf } from '../export/open-provider-key.ts';

interface Sealed {
  what: 'provider key' | 'one-time message' | 'repeated answer';
  attribute: 'sealed' | 'wrappedKey';
  context: Record<string, string>;
}

/** KMS opens and seals in one step: no plaintext leaves it. */
export async function reseal(
  connection: Connection,
  { tableName: TableName, sealingKeyId }: Deployment,
  dryRun: boolean,
): Promise<void> {
  const [table, kms] = [connection.dynamoDb(), connection.kms()];
  const counts = { found: 0, current: 0, resealed: 0, lost: 0 };
  for await (const { Items = [] } of paginateScan({ client: table }, { TableName, ConsistentRead: true })) {
    for (const item of Items) {
      const found = sealedIn(item);
      if (found === undefined) continue;
      counts.found += 1;
      const { attribute, context } = found;
      const before = item[attribute];
      if (before === undefined) continue;
      try {
        const answer = await kms.send(
          new ReEncryptCommand({
            CiphertextBlob: bytesOf(before),
            SourceEncryptionContext: context,
            DestinationEncryptionContext: context,
            DestinationKeyId: sealingKeyId,
          }),
        );
        if (answer.SourceKeyId?.endsWith(`/${sealingKeyId}`)) counts.current += 1;
        else {
          counts.resealed += 1;
          const after = asBefore(before, answer.CiphertextBlob ?? new Uint8Array());
          if (!dryRun) await replace(table, TableName, { item, attribute, after });
        }
      } catch (error) {
        if (!(error instanceof KMSServiceException) || !isLost(error)) throw error;
        counts.lost += 1;
        say(`${found.what} ${item.pk?.S} / ${item.sk?.S} can't be opened: ${error.name}`);
      }
    }
  }
  say(
    `${counts.found} sealed records: ${counts.resealed} ${dryRun ? 'to seal anew' : 'sealed anew'}, ${counts.current} of the key in use, ${counts.lost} that can't be opened.`,
  );
  if (counts.lost > 0) process.exitCode = 1;
}

/** Leaves alone what was replaced, shown or burned meanwhile. */
async function replace(
  table: DynamoDBClient,
  TableName: string,
  { item, attribute, after }: { item: Item; attribute: Sealed['attribute']; after: AttributeValue },
): Promise<void> {
  const { pk, sk, [attribute]: before } = item;
  if (!pk || !sk || !before) return;
  const command = new UpdateItemCommand({
    TableName,
    Key: { pk, sk },
    ConditionExpression: '#sealed = :before',
    UpdateExpression: 'SET #sealed = :after',
    ExpressionAttributeNames: { '#sealed': attribute },
    ExpressionAttributeValues: { ':before': before, ':after': after },
  });
  await table.send(command).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}

/** One record can't be opened; others may be. What AWS says of a key that was deleted, it also says of rights that are missing. */
const isLost = ({ name, message }: Error): boolean =>
  lostBy.has(name) || (name === 'AccessDeniedException' && message.startsWith('The ciphertext refers to '));

const lostBy = new Set([
  'InvalidCiphertextException',
  'KMSInvalidStateException',
  'DisabledException',
  'NotFoundException',
]);

/** What KMS has sealed in an item, and what the functions have bound it to. */
function sealedIn(item: Item): Sealed | undefined {
  const [pk, sk] = [item.pk?.S ?? '', item.sk?.S ?? ''];
  if (sk.startsWith('PROVIDERKEY#'))
    return { what: 'provider key', attribute: 'sealed', context: contextOf(item) };
  if (pk.startsWith('MESSAGE#') && item.wrappedKey !== undefined) {
    const context = { operation: 'one-time-message', message: pk.slice('MESSAGE#'.length) };
    return { what: 'one-time message', attribute: 'wrappedKey', context };
  }
  const [, operation = '', keyHash = ''] = /^IDEMPOTENCY#(.+)#([^#]+)$/.exec(sk) ?? [];
  if (operation === '' || item.sealed === undefined) return undefined;
  const context = { userId: pk.slice('USER#'.length), operation, keyHash };
  return { what: 'repeated answer', attribute: 'sealed', context };
}

const bytesOf = ({ B, S = '' }: AttributeValue) => B ?? Buffer.from(S, 'base64');

function asBefore(before: AttributeValue, bytes: Uint8Array): AttributeValue {
  return before.B === undefined ? { S: Buffer.from(bytes).toString('base64') } : { B: bytes };
}
