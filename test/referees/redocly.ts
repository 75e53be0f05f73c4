import { join } from 'node:path';
import { countOperations, writeOpenApiDocument } from './openapi-document.ts';
import type { Finding, Referee } from './referee.ts';

const version = '2.77.0';

interface Report {
  problems: { ruleId: string; severity: string; message: string; location: { pointer?: string }[] }[];
}

/** Its recommended rules over the OpenAPI document. */
export const redocly: Referee = {
  name: 'redocly',
  tool: `redocly ${version}`,
  judges: 'the OpenAPI document, all routes',
  expected: [
    {
      rule: 'operation-2xx-response',
      where: /~1v1~1login~1(\{provider\}|callback)\/get/,
      because: 'these two lead a browser on: they answer 302 alone',
    },
  ],
  async judge({ npmPackage, folder, run }) {
    const cli = join(await npmPackage('@redocly/cli', version), 'bin/cli.js');
    const file = writeOpenApiDocument(folder('redocly'));
    const { output } = await run(
      [process.execPath, cli, 'lint', file, '--format', 'json', '--max-problems', '1000'],
      {
        env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    );
    return { judged: `${countOperations(file)} operations`, findings: readReport(output) };
  },
};

/** The report stands among words for people. @throws Error when there is none */
export function readReport(output: string): Finding[] {
  const from = output.indexOf('{');
  const to = output.lastIndexOf('}');
  if (from < 0) throw new Error(`redocly gave no report:\n${output.slice(-2000)}`);
  const { problems } = JSON.parse(output.slice(from, to + 1)) as Report;
  return problems.map(({ ruleId, severity, message, location }) => ({
    rule: ruleId,
    where: location[0]?.pointer ?? '',
    text: `${severity}: ${message}`,
  }));
}
