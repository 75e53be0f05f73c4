import { createDynamoMessages, createMessageCounts } from './adapters/one-time-messages/dynamo-messages.ts';
import { createKmsDataKeys } from './adapters/one-time-messages/kms-data-keys.ts';
import { openTable } from './adapters/sdk-table.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, sealingEnvironment } from './env.ts';
import { logTextNotRemoved } from './log.ts';

/** The ports of the routes of one-time messages. */
export function openOneTimeMessages() {
  const environment = readEnvironment(sealingEnvironment);
  const table = openTable(environment.TABLE_NAME);
  return {
    messages: createDynamoMessages(table),
    takeWrite: createMessageCounts(table),
    dataKeys: createKmsDataKeys(environment.SEALING_KEY_ID),
    perAddressPerHour: catalog.oneTimeMessages?.perAddressPerHour,
    clock: Date,
    onNotRemoved: logTextNotRemoved,
  };
}
