import { readFileSync } from 'node:fs';
import { runCommand } from './run-command.ts';

/** What npm runs in bin: a new command is held to this by being there. */
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;
const commands = Object.entries(scripts).flatMap(([name, line]) => {
  const [, file] = /(bin\/\S+\.ts)$/.exec(line) ?? [];
  return file === undefined ? [] : [{ name, file }];
});
/** Beside them: what people at work start. */
const starters = [
  { name: 'start', file: 'local/main.ts' },
  { name: 'demo', file: 'local/demo/demo.ts' },
  { name: 'dev:web', file: 'web/build/dev.ts' },
];
/** They take any number of names, of which they refuse what is not theirs. */
const takesNames = ['admin', 'import', 'export', 'import-deployment', 'locate', 'rotate'];

test('every command of bin is here', () => {
  expect(commands.length).toBeGreaterThan(13);
});

describe.each(commands)('npm run $name', ({ name, file }) => {
  let answer: Awaited<ReturnType<typeof runCommand>>;
  let help: string;
  beforeAll(async () => {
    answer = await runCommand(file, ['--help']);
    help = answer.output;
  });
  const refused = (words: string) => ({ code: 2, output: '', errors: `${words} See --help.\n` });

  test('--help is an answer, with the command’s own name', () => {
    expect(answer).toMatchObject({ code: 0, errors: '' });
    expect(help).toContain(`Usage: npm run ${name}`);
  });

  test('takes every option of its help with what it shows behind it, and refuses another by name', async () => {
    const told = [...help.matchAll(/^ {2}(--[a-z-]+)( [A-Z_]+)?/gm)].filter(
      ([, option]) => option !== '--help',
    );
    const all = told.flatMap(([, option = '', value]) => (value === undefined ? [option] : [option, 'x']));
    expect(await runCommand(file, [...all, '--nothing'])).toEqual(refused("There is no option '--nothing'."));
    const valued = told.find(([, , value]) => value !== undefined)?.[1];
    if (valued !== undefined)
      expect(await runCommand(file, [valued])).toEqual(refused(`${valued} needs a value.`));
  });

  test('says the place as all do, if it has one', () => {
    const words = [...help.matchAll(/^ {2}(--(?:stack|local|port).*?) {2,}(.*)$/gm)].map(([, ...row]) => row);
    const rows: Record<string, string> = Object.fromEntries(words);
    const { '--stack NAME': stack, '--local': local, '--port N': port, ...others } = rows;
    expect(others).toEqual({});
    expect([undefined, 'the deployed stack (default Daypass)']).toContain(stack);
    expect(port === undefined).toBe(local === undefined);
    if (port !== undefined) expect(port).toContain('(default 4000, or DAYPASS_PORT)');
  });

  test('refuses what it does not expect, by name', async () => {
    const args = takesNames.includes(name) ? ['a', 'b', 'c', 'd'] : ['a'];
    const { code, output, errors } = await runCommand(file, args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/^(There is no command 'a'|'[abc]' is not expected here)\. See --help\.\n$/);
  });
});

describe.each(starters)('npm run $name', ({ name, file }) => {
  test('--help is an answer, with the command’s own name, and what it doesn’t take is refused by name', async () => {
    const { code, output, errors } = await runCommand(file, ['--help']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(new RegExp(`^Usage: npm (run )?${name}\\b`, 'm'));
    const refused = (words: string) => ({ code: 2, output: '', errors: `${words} See --help.\n` });
    expect(await runCommand(file, ['--nothing'])).toEqual(refused("There is no option '--nothing'."));
    expect(await runCommand(file, ['--port'])).toEqual(refused('--port needs a value.'));
    expect(await runCommand(file, ['a'])).toEqual(refused("'a' is not expected here."));
    expect(await runCommand(file, ['--port', '70000'])).toMatchObject({ code: 2, output: '' });
  });
});

test('npm run dev:web refuses a platform that is no URL', async () => {
  const { code, errors } = await runCommand('web/build/dev.ts', ['--platform', 'localhost:4000']);
  expect({ code, errors }).toEqual({
    code: 2,
    errors: "--platform takes a URL such as http://localhost:4000, not 'localhost:4000'.\n",
  });
});
