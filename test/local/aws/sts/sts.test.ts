import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsServer, startAwsServer } from '../../../../local/aws/server.ts';
import { createSts } from '../../../../local/aws/sts/sts.ts';
import { createFaults } from '../../../../local/faults.ts';
import { silentLog } from '../../../../local/log.ts';

const faults = createFaults();
let server: AwsServer;
let client: STSClient;
beforeAll(async () => {
  const services = [createSts({ accountId: '000000000000' })];
  server = await startAwsServer({ services, faults, port: 0, log: silentLog });
  client = new STSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

test("GetCallerIdentity returns the local account's root", async () => {
  expect(await client.send(new GetCallerIdentityCommand())).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:root',
    UserId: '000000000000',
  });
});

test('other operations are refused by name, in the XML the client reads', async () => {
  await expect(client.send(new GetSessionTokenCommand())).rejects.toMatchObject({
    name: 'InvalidAction',
    message: expect.stringContaining("'GetSessionToken'"),
  });
});

test('errors from fault switches come as XML too, whatever characters they hold', async () => {
  faults.replace([{ service: '*', kind: 'error', error: 'Odd', message: '<&"\'>', times: 1 }]);
  await expect(client.send(new GetCallerIdentityCommand())).rejects.toMatchObject({
    name: 'Odd',
    message: '<&"\'>',
  });
});
