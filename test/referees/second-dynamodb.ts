import { join } from 'node:path';
import { freePort } from '../e2e/runtime.ts';
import { runOurTests } from './jest-run.ts';
import type { Referee } from './referee.ts';
import { startServer } from './start-server.ts';

const paths = ['test/lambda/adapters', 'test/e2e/main-job.test.ts', 'test/e2e/key-lifecycle.test.ts'];

/** Moto's DynamoDB in place of our engine, under the tests of all that reads and writes the table. */
export const secondDynamoDb: Referee = {
  name: 'second-dynamodb',
  tool: 'moto 5.2.5',
  judges: 'what we ask of DynamoDB: the tests of the adapters, and of keys over HTTP, on its engine',
  expected: [],
  async judge(equipment) {
    const programs = await equipment.pythonPrograms();
    await equipment.assembly();
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
