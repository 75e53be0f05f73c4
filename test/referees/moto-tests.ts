import { join } from 'node:path';
import type { Finding, Referee } from './referee.ts';
import { startResettableGateway } from './resettable-gateway.ts';

const version = '5.2.5';
const about = 'api_key or apikey or usage_plan or get_tags';
const files = ['test_apigateway.py', 'test_apigateway_get_tags.py'];

/** What moto thinks API Gateway does with keys and plans, asked of our control plane. */
export const motoTests: Referee = {
  name: 'moto-tests',
  tool: `moto ${version}`,
  judges: 'our API Gateway: moto’s own tests of keys, plans and tags against it',
  expected: [
    {
      rule: 'test failed',
      where:
        /^(test_create_rest_api_(in)?valid_apikeysources?|test_create_method_apikeyrequired|test_get_tags_returns_stage_tags)$/,
      text: /UnknownOperationException/,
      because: 'cannot apply: REST APIs come from the template here, and CreateRestApi is refused by name',
    },
    {
      rule: 'test failed',
      where: /^test_usage_plans$/,
      text: /API Stage not found: foo:bar/,
      because:
        'moto takes a plan of a stage that does not exist; AWS answers NotFoundException, as ours does',
    },
    {
      rule: 'test failed',
      where: /^test_update_usage_plan$/,
      text: /quota offset must be zero in the DAY period/,
      because: 'moto takes any offset; AWS says that a day has none',
    },
    {
      rule: 'test failed',
      where: /^test_usage_plan_keys$/,
      text: /Invalid Usage Plan ID specified/,
      because:
        'moto lists no keys for a plan that does not exist; AWS answers NotFoundException, as ours does',
    },
  ],
  async judge(equipment) {
    const programs = await equipment.pythonPrograms();
    const source = await equipment.pythonSource('moto', version);
    const gateway = await startResettableGateway();
    try {
      const chosen = files.map((file) => `tests/test_apigateway/${file}`);
      const flags = ['-q', '-rA', '--tb=no', '--color=no', '-p', 'no:cacheprovider', '-k', about];
      const { output } = await equipment.run(
        [join(programs, 'python'), '-m', 'pytest', ...flags, ...chosen],
        {
          cwd: source,
          // As wide as a line may get: pytest cuts what doesn't fit.
          env: { TEST_SERVER_MODE: 'true', TEST_SERVER_MODE_ENDPOINT: gateway.url, COLUMNS: '1000' },
        },
      );
      const { tests, findings } = readSummary(output);
      return { judged: `${tests} tests`, findings };
    } finally {
      await gateway.stop();
    }
  },
};

/** Pytest's summary, a line for each test. @throws Error when it ran none */
export function readSummary(output: string): { tests: number; findings: Finding[] } {
  const lines = output.split('\n').flatMap((line) => {
    const [, outcome, test, why = ''] = /^(PASSED|FAILED|ERROR) (\S+?)(?: - (.*))?$/.exec(line) ?? [];
    return outcome === undefined || test === undefined ? [] : [{ outcome, test, why }];
  });
  if (lines.length === 0) throw new Error(`pytest ran no test:\n${output.slice(-2000)}`);
  const failed = lines.filter(({ outcome }) => outcome !== 'PASSED');
  return {
    tests: lines.length,
    findings: failed.map(({ test, why }) => ({
      rule: 'test failed',
      where: test.split('::').at(-1) ?? test,
      text: why,
    })),
  };
}
