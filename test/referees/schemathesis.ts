import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addAdmin, createKey } from '../e2e/client.ts';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { type RunningRuntime, startRuntime } from '../e2e/runtime.ts';
import type { Equipment } from './equipment.ts';
import type { Referee } from './referee.ts';
import { knownDeviations } from './schemathesis/known-deviations.ts';
import { readEvents } from './schemathesis/read-events.ts';

const seed = 1;
const casesAnOperation = 10;
/** What would end the session, or take the account away, that the other calls need. */
const leftOut = ['deleteMe', 'logout', 'endSession', 'endAllSessions'];

/** Requests made from our OpenAPI document, right and wrong ones, and what it thinks of the answers. */
export const schemathesis: Referee = {
  name: 'schemathesis',
  tool: 'schemathesis 4.32.5',
  judges: `the API as it runs, by requests made from the OpenAPI document (seed ${seed}, ${casesAnOperation} cases an operation)`,
  expected: knownDeviations,
  async judge(equipment) {
    const programs = await equipment.pythonPrograms();
    equipment.say('Synthesizing a stack with a large plan');
    const { assembly, remove } = synthesizeWith((shown) =>
      shown.replace(
        '\nplans:\n',
        '\nplans:\n  - name: plenty\n    requestsPerDay: 100000\n    price: Free\n',
      ),
    );
    let runtime: RunningRuntime | undefined;
    try {
      runtime = await startRuntime({ assembly, environment: { DAYPASS_SCHEDULES: 'off' } });
      return await makeRequests(equipment, join(programs, 'schemathesis'), runtime);
    } finally {
      await runtime?.stop();
      remove();
    }
  },
};

async function makeRequests(equipment: Equipment, program: string, runtime: RunningRuntime) {
  const folder = equipment.folder('schemathesis');
  const { token } = await addAdmin(runtime);
  const { key } = await createKey(runtime, token, { plan: 'plenty' });
  const config = join(folder, 'schemathesis.toml');
  writeFileSync(config, configuration(token, key));
  const report = join(folder, 'report.ndjson');
  const flags = [
    ...['--seed', String(seed), '--generation-deterministic', '--max-examples', String(casesAnOperation)],
    ...['--phases', 'examples,coverage,fuzzing', '--no-shrink', '--continue-on-failure'],
    ...['--request-timeout', '30', '--no-color', '--suppress-health-check', 'all'],
    ...['--report', 'ndjson', '--report-ndjson-path', report],
    ...leftOut.flatMap((id) => ['--exclude-operation-id', id]),
  ];
  equipment.say('Making requests');
  const url = `${runtime.edge}/v1/openapi.json`;
  const { code, output } = await equipment.run([program, '--config-file', config, 'run', url, ...flags], {
    cwd: folder,
    seconds: 900,
  });
  rmSync(config);
  if (!existsSync(report)) throw new Error(`It gave no report (exit code ${code}):\n${output.slice(-2000)}`);
  return readEvents(readFileSync(report, 'utf8'));
}

function configuration(token: string, key: string): string {
  const text = (value: string) => JSON.stringify(value);
  return [
    '[auth.openapi.login]',
    `bearer = ${text(token)}`,
    '[auth.openapi.apiKey]',
    `api_key = ${text(key)}`,
    '[auth.openapi.bearerKey]',
    `bearer = ${text(key)}`,
    '',
  ].join('\n');
}
