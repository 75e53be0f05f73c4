import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

interface Shown {
  page: string;
  /** `npx cdk deploy -c stage=dev`, without its comment. */
  line: string;
}

/** Commands in the blocks of the pages, and within their sentences. */
const shown: Shown[] = [
  ...globSync('docs/**/*.md', { cwd: root }),
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
].flatMap((page) =>
  [...read(page).matchAll(/\b(?:npm run|npx cdk) [^`\n]*/g)].map(([line]) => ({
    page,
    line: line.replace(/ [#&|(;].*| *2>.*/, '').replace(/[.,:;)]+$/, ''),
  })),
);

const commandsOf = (start: string) => shown.filter(({ line }) => line.startsWith(start));
const optionsOf = (line: string) => [...line.matchAll(/ (--?[a-z][\w-]*)/g)].map(([, option = '']) => option);

test('every npm script that the docs name exists', () => {
  const unknown = commandsOf('npm run').filter(({ line }) => {
    const name = /^npm run (?:-s )?([\w:-]+)/.exec(line)?.[1];
    return name !== undefined && !(name in scripts);
  });
  expect(unknown).toEqual([]);
});

test('every option that the docs give to a command of operators is one that it has', () => {
  const unknown = commandsOf('npm run').flatMap(({ page, line }) => {
    const [, name = '', rest = ''] = /^npm run ([\w:-]+) -- ?(.*)/.exec(line) ?? [];
    const file = /\bbin\/\S+\.ts/.exec(scripts[name] ?? '')?.[0];
    if (file === undefined) return [];
    const folder =
      dirname(file) === 'bin'
        ? [file]
        : readdirSync(join(root, dirname(file))).map((one) => join(dirname(file), one));
    const sources = folder.map(read).join('\n');
    return optionsOf(` ${rest}`)
      .filter((option) => !sources.includes(option))
      .map((option) => `${page}: ${name} has no ${option}`);
  });
  expect(unknown).toEqual([]);
});

/** What the CDK's command line is made from. */
const cdk = JSON.parse(read('node_modules/aws-cdk/lib/cli/cli-type-registry.json')) as {
  globalOptions: Options;
  commands: Record<string, { options?: Options }>;
};
type Options = Record<string, { alias?: string | string[] }>;

test('every command and option that the docs give of the CDK is one that it has', () => {
  const names = (options: Options) =>
    Object.entries(options).flatMap(([name, { alias = [] }]) => [
      `--${name}`,
      ...[alias].flat().map((letter) => `-${letter}`),
    ]);
  const given = commandsOf('npx cdk').map(({ page, line }) => {
    const command = /^npx cdk (\w+)/.exec(line)?.[1] ?? '';
    return { page, command, options: optionsOf(line) };
  });
  const unknown = given.flatMap(({ page, command, options }) => {
    const own = cdk.commands[command];
    if (own === undefined) return [`${page}: cdk has no ${command}`];
    const known = [...names(cdk.globalOptions), ...names(own.options ?? {})];
    return options
      .filter((option) => !known.includes(option))
      .map((option) => `${page}: cdk ${command} has no ${option}`);
  });
  expect(given.length).toBeGreaterThan(20);
  expect(unknown).toEqual([]);
});
