import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { eventually } from './eventually.ts';

const holder = resolve(import.meta.dirname, 'hold-chromium.ts');

let folder: string;
let holders: ChildProcess[];
let browsers: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daypass-bare-'));
  holders = [holdBrowser(), holdBrowser()];
  browsers = await Promise.all(holders.map(firstLine));
});

afterAll(() => {
  for (const child of holders) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('the browser is unpacked once when two processes want it at the same time', () => {
  expect(readdirSync(folder).filter((name) => name.startsWith('daypass-chromium-'))).toHaveLength(1);
});

test('the browser takes nothing of the system but the C library and the compiler’s', () => {
  const maps = readFileSync(`/proc/${browsers[0]}/maps`, 'utf8');
  const libraries = new Set(maps.match(/\/\S+\.so[.\d]*$/gm));
  const foreign = [...libraries].filter((path) => !path.startsWith(folder)).map((path) => basename(path));
  expect([...libraries].map((path) => basename(path))).toContain('libnss3.so');
  expect(foreign.filter((name) => !/^(ld-linux-x86-64|lib(c|m|dl|pthread|rt|gcc_s))\.so/.test(name))).toEqual(
    [],
  );
});

test('the browser ends when the process that started it is killed', async () => {
  for (const child of holders) child.kill('SIGKILL');
  await eventually(() => expect(browsers.filter((id) => existsSync(`/proc/${id}`))).toEqual([]));
});

function holdBrowser(): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', holder], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return line.toString().trim();
}
