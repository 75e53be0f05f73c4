import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

let program: string | undefined;

/**
 * The script every environment starts from, bundled once a process. Starting a thread from the TypeScript
 * files instead costs some 30 ms at every cold start, since each thread strips their types again.
 */
export function threadProgram(): string {
  program ??= bundle();
  return program;
}

function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./thread/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild made no output for local/aws/lambda/thread/main.ts');
  return file.text;
}
