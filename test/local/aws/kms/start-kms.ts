import { KMSClient } from '@aws-sdk/client-kms';
import { createKms } from '../../../../local/aws/kms/kms.ts';
import { startAwsServer } from '../../../../local/aws/server.ts';
import type { Clock } from '../../../../local/clock.ts';
import { createFaults } from '../../../../local/faults.ts';
import { silentLog } from '../../../../local/log.ts';
import { openStore, type Store } from '../../../../local/state/store.ts';

let laterMs = 0;
const clock: Clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) + laterMs };
/** From now on it is so much later, for every KMS here. */
export const waitDays = (days: number) => {
  laterMs += days * 86_400_000;
};

export const kmsOver = (store: Store) =>
  createKms({ store, clock, region: 'eu-west-1', accountId: '000000000000' });

/** The stand-in behind a real server, and the genuine client. */
export async function startKms() {
  const store = openStore(':memory:');
  const kms = kmsOver(store);
  const server = await startAwsServer({ services: [kms], faults: createFaults(), port: 0, log: silentLog });
  const client = new KMSClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const close = async () => {
    client.destroy();
    await server.close();
    store.close();
  };
  return { url: server.url, kms, client, close };
}
