import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { runOurTests } from './jest-run.ts';
import { Missing } from './missing.ts';
import type { Referee } from './referee.ts';

const version = '4.0.2';
const paths = ['chat', 'main-job', 'openai-chat', 'anthropic-messages', 'openai-responses', 'embeddings'].map(
  (name) => `test/e2e/${name}.test.ts`,
);

/** AWS's own runtime client in place of our Lambda host, under our tests over HTTP. */
export const runtimeClient: Referee = {
  name: 'runtime-client',
  tool: `aws-lambda-ric ${version}`,
  judges:
    'the functions as bundled: our tests of sign-up, keys and every chat dialect over HTTP, whole and streamed',
  expected: [],
  async judge(equipment) {
    if (process.platform !== 'linux') throw new Missing('Linux: its native part builds nowhere else');
    for (const program of ['cmake', 'make', 'g++'])
      if ((await equipment.run(['sh', '-c', `command -v ${program}`])).code !== 0)
        throw new Missing(
          `${program}, which compiles its native part (Debian: apt-get install cmake make g++)`,
        );
    const folder = await equipment.npmPackage('aws-lambda-ric', version, { builds: true });
    const assembly = join(equipment.folder('runtime-client'), 'cdk.out');
    cpSync(await equipment.assembly(), assembly, { recursive: true });
    equipment.say('Running our tests with functions under it');
    const { passed, findings } = await runOurTests(equipment, {
      name: 'runtime-client',
      paths,
      env: {
        DAYPASS_PLATFORM_PROGRAM: join(import.meta.dirname, 'runtime-client/serve.ts'),
        DAYPASS_RUNTIME_CLIENT: join(folder, 'index.mjs'),
        DAYPASS_RUNTIME_CLIENT_ASSEMBLY: assembly,
      },
      workers: 1,
    });
    return { judged: `${passed + findings.length} tests`, findings };
  },
};
