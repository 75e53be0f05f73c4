import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { runCommand } from './command.ts';

const help = `Asks the npm registry for known vulnerabilities of what the lock file names, and compares them with the exceptions of
audit-exceptions.json. An exception has the advisory's id, a reason, and the day on which it is to be looked at again.

Usage: npm run audit -- [options]

  --report FILE  read npm audit's report (JSON) from a file instead
  --help         this text

The exit code is 1 for an advisory without an exception, an exception that is over, or one that is no longer needed, and 2 if the registry
could not be asked.
`;

const exceptions = z.array(
  z.strictObject({
    id: z.string().regex(/^GHSA(-[a-z0-9]{4}){3}$/),
    reason: z.string().min(20),
    until: z.iso.date(),
  }),
);
const advisory = z.looseObject({
  url: z.string(),
  title: z.string(),
  severity: z.string(),
  name: z.string(),
});
const report = z.looseObject({
  vulnerabilities: z.record(z.string(), z.looseObject({ via: z.array(z.union([z.string(), advisory])) })),
});

runCommand(
  { help, options: { report: { type: 'string' } } },
  async ({ values }) => {
    const excepted = exceptions.parse(
      JSON.parse(readFileSync(new URL('../audit-exceptions.json', import.meta.url), 'utf8')),
    );
    const found = advisoriesOf(
      values.report === undefined ? askRegistry() : readFileSync(values.report, 'utf8'),
    );
    const today = new Date().toISOString().slice(0, 10);
    const problems = [
      ...[...found]
        .filter(([id]) => !excepted.some((one) => one.id === id))
        .map(([id, { name, severity, title }]) => `${id}: ${name}, ${severity}: ${title}`),
      ...excepted
        .filter(({ until }) => until < today)
        .map(({ id, until }) => `${id}: its exception was to be looked at on ${until}`),
      ...excepted
        .filter(({ id }) => !found.has(id))
        .map(({ id }) => `${id}: its exception is no longer needed`),
    ];
    for (const problem of problems) process.stdout.write(`${problem}\n`);
    process.stdout.write(
      `${found.size} advisories, ${excepted.length} exceptions, ${problems.length} to look at\n`,
    );
    if (problems.length > 0) process.exitCode = 1;
  },
  2,
);

function askRegistry(): string {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  return stdout;
}

/** By id. */
function advisoriesOf(text: string): Map<string, z.infer<typeof advisory>> {
  const parsed = report.safeParse(text === '' ? undefined : JSON.parse(text));
  if (!parsed.success) throw new Error('The registry could not be asked: npm audit gave no report.');
  const all = Object.values(parsed.data.vulnerabilities).flatMap(({ via }) =>
    via.filter((one) => typeof one !== 'string'),
  );
  return new Map(all.map((one) => [one.url.slice(one.url.lastIndexOf('/') + 1), one]));
}
