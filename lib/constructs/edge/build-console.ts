import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cachedBuild } from '../cached-build.ts';

const program = fileURLToPath(new URL('../../../web/build/build.ts', import.meta.url));

/** The name under which an app's context holds the folder of the built console. */
export const consoleFolder = 'daypass:console';

/** Builds the console at synth, as functions are built, so that no other command has to run first. */
export function buildConsole(): Promise<string> {
  return cachedBuild(
    {
      name: 'daypass-console',
      // Settings are not among them: the console reads those in its config.json.
      sources: [
        'web/**',
        'core/**',
        'docs/{guide/*,compatibility,errors,keys}.md',
        'package-lock.json',
        'node_modules/.package-lock.json',
      ],
    },
    build,
  );
}

/** In a process of its own, beside CDK's work, which is synchronous. */
function build(folder: string): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('The console could not be built; the reason stands above.')),
    );
  });
}
