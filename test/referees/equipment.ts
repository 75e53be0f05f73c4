import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synthesizeIfChanged } from '../../local/start/synthesize.ts';
import { type Finished, runCommand } from '../clients/run-command.ts';
import { Missing } from './missing.ts';

export const root = resolve(import.meta.dirname, '../..');
const requirements = join(import.meta.dirname, 'requirements.txt');

/** What referees work with, in a scratch folder outside of the lock file. What was installed stays for the next run. */
export interface Equipment {
  /** A progress line. */
  say(text: string): void;
  /** An empty folder. */
  folder(name: string): string;
  /** The assembly of daypass.yml. */
  assembly(): Promise<string>;
  /** The folder of programs of a Python environment with requirements.txt. @throws Missing */
  pythonPrograms(): Promise<string>;
  /** The source of a Python package, unpacked. @throws Missing */
  pythonSource(name: string, version: string): Promise<string>;
  /** The folder of an npm package with what it depends on. @throws Missing */
  npmPackage(name: string, version: string, options?: { builds?: boolean }): Promise<string>;
  run(command: readonly string[], options?: RunOptions): Promise<Finished>;
}

export interface RunOptions {
  cwd?: string;
  /** Beside this process's own. */
  env?: Record<string, string>;
  /** @default 600 */
  seconds?: number;
}

export function equip(scratch: string, say: (text: string) => void): Equipment {
  mkdirSync(scratch, { recursive: true });
  const once = new Map<string, Promise<string>>();
  /** What was made before isn't made again: `stamp` says whether it is still the same. */
  const prepare = (name: string, stamp: string, make: (folder: string) => Promise<void>) => {
    const folder = join(scratch, name);
    const mark = join(folder, '.made');
    const prepared = once.get(name) ?? makeOnce();
    once.set(name, prepared);
    return prepared;
    async function makeOnce(): Promise<string> {
      if (existsSync(mark) && readFileSync(mark, 'utf8') === stamp) return folder;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      await make(folder);
      writeFileSync(mark, stamp);
      return folder;
    }
  };
  const run: Equipment['run'] = (command, { cwd = root, env = {}, seconds = 600 } = {}) =>
    runCommand(command, { cwd, env: { ...(process.env as Record<string, string>), ...env }, seconds });
  const must = async (command: readonly string[], options: RunOptions, lacks: string) => {
    const finished = await run(command, options).catch((error: Error) => ({
      code: 1,
      output: error.message,
    }));
    if (finished.code !== 0) throw new Missing(`${lacks} (${lastLine(finished.output)})`);
  };

  const pythonPrograms = async () => {
    const stamp = createHash('sha256').update(readFileSync(requirements)).digest('hex');
    const folder = await prepare('python', stamp, async (made) => {
      say('Installing the Python referees');
      await must(
        ['python3', '-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 11)'],
        {},
        'Python 3.11 or newer with venv, as python3 (Debian: apt-get install python3 python3-venv)',
      );
      await must(['python3', '-m', 'venv', made], {}, 'a Python that makes environments: python3 -m venv');
      const pip = [
        join(made, 'bin/pip'),
        'install',
        '--quiet',
        '--no-compile',
        '--disable-pip-version-check',
      ];
      await must(
        [...pip, '-r', requirements],
        { seconds: 900 },
        'a package index that pip reaches: set PIP_INDEX_URL to one',
      );
    });
    return join(folder, 'bin');
  };
  return {
    say,
    run,
    pythonPrograms,
    folder(name) {
      const path = join(scratch, 'work', name);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path, { recursive: true });
      return path;
    },
    assembly: () => synthesizeIfChanged(root, () => say('Synthesizing the stack')),
    async pythonSource(name, version) {
      const programs = await pythonPrograms();
      const folder = await prepare(`${name}-source`, version, async (made) => {
        say(`Fetching the source of ${name}`);
        const source = ['--no-deps', '--no-binary', ':all:', '-d', made, `${name}==${version}`];
        await must([join(programs, 'pip'), 'download', '--quiet', ...source], {}, `${name} from the index`);
        const archive = join(made, `${name}-${version}.tar.gz`);
        await must(['tar', 'xzf', archive, '-C', made], {}, 'tar');
      });
      return join(folder, `${name}-${version}`);
    },
    async npmPackage(name, version, { builds = false } = {}) {
      const folder = await prepare(name.replaceAll('/', '+'), version, async (made) => {
        say(`Installing ${name} ${version}${builds ? ', which compiles for some minutes' : ''}`);
        const manifest = {
          private: true,
          dependencies: { [name]: version },
          allowScripts: { [name]: builds },
        };
        writeFileSync(join(made, 'package.json'), JSON.stringify(manifest));
        const install = [
          'npm',
          'install',
          '--no-audit',
          '--no-fund',
          ...(builds ? [] : ['--ignore-scripts']),
        ];
        // A silent `npm run` would have this one fail without a word.
        const env = { npm_config_loglevel: 'error', ...nodeHeaders() };
        await must(install, { cwd: made, env, seconds: 900 }, 'a registry that npm reaches');
      });
      return join(folder, 'node_modules', name);
    },
  };
}

/** Node's headers, which node-gyp would fetch from elsewhere, come with Node, or with the package that brings it. */
function nodeHeaders(): Record<string, string> {
  const node = resolve(process.execPath, '../..');
  const holders = [node, join(node, `node_modules/node-${process.platform}-${process.arch}`)];
  const holder = holders.find((folder) => existsSync(join(folder, 'include/node/common.gypi')));
  return holder === undefined ? {} : { npm_config_nodedir: holder };
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? '').slice(0, 200);
}
