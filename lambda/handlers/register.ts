import { register } from '../../core/accounts/register.ts';
import { registerBody } from '../../core/contract/accounts.ts';
import { createDynamoCodeCounts, createDynamoSignUps } from '../adapters/accounts/sign-ups.ts';
import { inTime } from '../adapters/call-time.ts';
import { createCognitoDirectory } from '../adapters/cognito/directory.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { accountsAndTableEnvironment, readEnvironment } from '../env.ts';
import { inEvenTime } from '../http/even-time.ts';
import { jsonRoute } from '../http/pipeline.ts';

const environment = readEnvironment(accountsAndTableEnvironment);
const table = openTable(environment.TABLE_NAME);
const ports = {
  directory: createCognitoDirectory(environment),
  signUps: createDynamoSignUps(table),
  codes: createDynamoCodeCounts(table),
  clock: Date,
};

/** POST /v1/register */
export const handler = inTime(
  jsonRoute({ body: registerBody }, async ({ body }) => {
    return { status: 201, body: await inEvenTime(() => register(ports, catalog.signUp, body)) };
  }),
);
