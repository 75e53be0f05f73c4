import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./thread', import.meta.url));

let program: string | undefined;

/**
 * The script every environment starts from, bundled once and kept in `cache`. Starting a thread from the TypeScript
 * files instead costs some 30 ms at every cold start, since each thread strips their types again.
 */
export function threadProgram(cache: string | undefined): string {
  program ??= cache === undefined ? bundle() : keptBundle(cache);
  return program;
}

function keptBundle(cache: string): string {
  const kept = join(cache, `thread-${hashOfSources()}.js`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const text = bundle();
  const unfinished = `${kept}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  writeFileSync(unfinished, text);
  renameSync(unfinished, kept);
  return text;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function bundle(): string {
  // Loaded only where nothing is kept.
  const { buildSync, stop } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, 'main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    logLevel: 'silent',
  });
  // Its process would stay, with 13 MiB.
  void stop();
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild made no output for local/aws/lambda/thread/main.ts');
  return file.text;
}
