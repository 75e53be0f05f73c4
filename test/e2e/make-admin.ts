import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { call, type Person } from './client.ts';
import type { RunningRuntime } from './runtime.ts';

/** As an operator does it. Groups are those of the login, so the person logs in again. */
export async function makeAdmin(runtime: RunningRuntime, { email, password }: Person): Promise<Person> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    const UserPoolId = UserPools?.[0]?.Id ?? '';
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: email, GroupName: 'admins' }));
  } finally {
    cognito.destroy();
  }
  const { body } = await call(runtime.edge, '/v1/login', { body: { email, password } });
  return { email, password, ...body };
}
