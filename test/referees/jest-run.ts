import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Equipment, root } from './equipment.ts';
import type { Finding } from './referee.ts';

interface JestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

/** Our own tests, with something in place of ours that is a referee's. */
export async function runOurTests(
  { run, folder }: Equipment,
  options: { name: string; paths: readonly string[]; env: Record<string, string>; workers: number },
): Promise<{ passed: number; findings: Finding[] }> {
  const report = join(folder(`${options.name}-jest`), 'report.json');
  const jest = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
  ];
  const flags = ['--ci', '--json', `--outputFile=${report}`, `--maxWorkers=${options.workers}`];
  const { code, output } = await run([...jest, ...flags, ...options.paths], {
    env: options.env,
    seconds: 1500,
  });
  try {
    return readJestReport(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    throw new Error(`The tests gave no report (exit code ${code}):\n${output.slice(-2000)}`);
  }
}

export function readJestReport({ numPassedTests, testResults }: JestReport): {
  passed: number;
  findings: Finding[];
} {
  const findings = testResults.flatMap(({ name, status, message, assertionResults }): Finding[] => {
    const file = relative(root, name);
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [{ rule: 'no test', where: file, text: message }];
    return failed.map(({ fullName, failureMessages }) => ({
      rule: 'test failed',
      where: `${file}: ${fullName}`,
      text: failureMessages.join('\n'),
    }));
  });
  return { passed: numPassedTests, findings };
}
