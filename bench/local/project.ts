import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const copied = [
  ...['bin', 'lib', 'core', 'lambda', 'local', 'web'],
  // The console's reference shows errors.md.
  'docs',
  ...['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'],
];

export interface Project {
  directory: string;
  /** Makes the next start a fresh one: nothing synthesized, no functions bundled, no console built. */
  forget(): void;
  remove(): void;
}

/** The sources as a project of its own, whose plan allows as many calls as are measured. */
export function copyProject(): Project {
  const directory = mkdtempSync(join(tmpdir(), 'bench-local-'));
  for (const name of copied) cpSync(join(root, name), join(directory, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  const settings = readFileSync(join(root, 'daypass.yml'), 'utf8');
  const generous = settings.replace('requestsPerDay: 10\n', 'requestsPerDay: 1000000\n');
  if (generous === settings) throw new Error('daypass.yml has no plan of 10 requests a day any more');
  writeFileSync(join(directory, 'daypass.yml'), generous);
  let times = 0;
  return {
    directory,
    forget() {
      rmSync(join(directory, 'cdk.out'), { recursive: true, force: true });
      times += 1;
      // Console and functions are both built from this folder, and kept by what is in it.
      writeFileSync(join(directory, 'core/bench.ts'), `// ${process.pid}, ${times}\n`);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
