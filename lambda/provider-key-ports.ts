import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from './adapters/accounts/session-ends.ts';
import { createKeyReads } from './adapters/keys/key-records.ts';
import { createKeptKeys } from './adapters/provider-keys/dynamo-kept-keys.ts';
import { createSeal } from './adapters/provider-keys/sealing.ts';
import { openTable } from './adapters/sdk-table.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, sealingEnvironment } from './env.ts';
import { ownKeyHosts } from './own-key-hosts.ts';

/** The ports of the routes of provider keys. They can seal, and open nothing. */
export function openProviderKeys() {
  const environment = readEnvironment(sealingEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  return {
    ends: createDynamoSessionEnds(table, catalog.signUp),
    users: createDynamoUsers(table, catalog.signUp),
    records: createKeyReads(table),
    kept: createKeptKeys(table),
    seal: createSeal(environment.SEALING_KEY_ID),
    hosts: ownKeyHosts(catalog),
    clock: Date,
  };
}
