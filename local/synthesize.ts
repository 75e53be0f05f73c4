import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the assembly is made of. */
const sources = [
  'bin',
  'lib',
  'core',
  'lambda',
  'web',
  // The console tells the words of each error.
  'docs/errors.md',
  'cdk.json',
  'daypass.yml',
  'package-lock.json',
  'tsconfig.json',
];

export const watchedFolders = ['bin', 'lib', 'core', 'lambda', 'web'];

/**
 * Synthesizes the app into `cdk.out` when its sources have changed since the last time.
 * @param root of the project
 * @param onStart told before the work begins, which takes a while
 * @returns the assembly's directory
 * @throws Error with what synth said
 */
export async function synthesizeIfChanged(root: string, onStart: () => void): Promise<string> {
  const output = join(root, 'cdk.out');
  const stamp = join(output, 'sources.sha256');
  const hash = hashOf(root);
  const isUpToDate = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isUpToDate()) return output;
  onStart();
  for (let attempt = 1; !isUpToDate(); attempt += 1) {
    try {
      await synthesize(root, output);
      writeFileSync(stamp, hash);
    } catch (error) {
      // Someone else is at it, and may well be making what is wanted here.
      if (!/currently synthing/.test(String(error)) || attempt === mostWaits) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return output;
}

const waitMs = 2000;
const mostWaits = 60;

function synthesize(root: string, output: string): Promise<void> {
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [cdk, 'synth', '--quiet', '--output', output],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve();
        else
          reject(
            new Error(`Synthesizing the stack failed:\n\n${withoutBundlerNoise(`${stderr}\n${stdout}`)}`),
          );
      },
    );
  });
}

/** esbuild lists every bundle it makes, which would bury the mistake. */
function withoutBundlerNoise(text: string): string {
  const noise = /asset-output|bundling-temp|⚡ Done|Bundling asset|^\s*\.\.\.[0-9a-f]+|^\s*$/;
  return text
    .split('\n')
    .filter((line) => !noise.test(line))
    .map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line))
    .join('\n')
    .trim();
}

function hashOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(root, source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.update(process.env.DAYPASS_SETTINGS ?? '').digest('hex');
}

function filesOf(root: string, source: string): string[] {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [source];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
