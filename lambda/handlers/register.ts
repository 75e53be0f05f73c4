import { register } from '../../core/accounts.ts';
import { registerBody } from '../../core/contract/accounts.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { createDynamoUsers } from '../adapters/dynamo-users.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const directory = createCognitoDirectory(environment);
const users = createDynamoUsers(openTable(environment.TABLE_NAME));

/** POST /v1/register */
export const handler = inTime(
  jsonRoute({ body: registerBody }, async ({ body }) => {
    const { registration, userId } = await register(directory, catalog.signUp, body);
    if (userId !== undefined) await users.ensure({ userId, email: body.email, createdAt: Date.now() });
    return { status: 201, body: registration };
  }),
);
