import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** One of the operators' commands, as its npm script runs it. @param onOutput called with all that it has printed so far */
export async function runCommand(
  file: string,
  args: string[],
  environment: Record<string, string | undefined> = {},
  onOutput: (output: string) => void = () => {},
) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { output: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    printed.output += chunk.toString();
    onOutput(printed.output);
  });
  child.stderr.on('data', (chunk: Buffer) => (printed.errors += chunk.toString()));
  const code = await new Promise((done) => child.once('close', done));
  return { code, ...printed };
}
