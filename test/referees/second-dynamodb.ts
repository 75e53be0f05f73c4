import { join } from 'node:path';
import { freePort } from '../e2e/free-port.ts';
import { runOurTests } from './jest-run.ts';
import type { Referee } from './referee.ts';
import { startServer } from './start-server.ts';

/**
 * Those that its engine can take: it is slow with many items, which our deadlines for calls to AWS end. Metering, keys by
 * the hundred and races are left to our own engine.
 */
const paths = [
  ...['due-notices', 'returning-users', 'session-ends', 'sign-ups', 'waiting-users'].map(
    (name) => `accounts/${name}`,
  ),
  'audit/audit-log',
  'billing/billing-records',
  ...['all-calls', 'call-log', 'refusal-log'].map((name) => `call-log/${name}`),
  ...['dynamo-intents', 'rotation', 'settings'].map((name) => `keys/${name}`),
].map((path) => `test/lambda/adapters/${path}.test.ts`);

/** Moto's DynamoDB in place of our engine, under the tests of all that reads and writes the table. */
export const secondDynamoDb: Referee = {
  name: 'second-dynamodb',
  tool: 'moto 5.2.5',
  judges:
    'what we ask of DynamoDB: tests of the adapters for accounts, calls, billing, audit and intents, on its engine',
  expected: [],
  async judge(equipment) {
    const programs = await equipment.pythonPrograms();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = await startServer([join(programs, 'moto_server'), '-H', '127.0.0.1', '-p', String(port)], {
      cwd: equipment.folder('second-dynamodb'),
      env: { MOTO_ALLOW_NONEXISTENT_REGION: 'true' },
      readyUrl: `${url}/moto-api/data.json`,
    });
    try {
      equipment.say('Running our tests on its engine');
      // One after another: the suites' tables have one name.
      const { passed, findings } = await runOurTests(equipment, {
        name: 'second-dynamodb',
        paths,
        env: { DAYPASS_DYNAMODB_ENDPOINT: url },
        workers: 1,
      });
      return { judged: `${passed + findings.length} tests`, findings };
    } finally {
      await server.stop();
    }
  },
};
