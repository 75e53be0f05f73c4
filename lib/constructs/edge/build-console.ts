import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  type Dirent,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const web = join(root, 'web');

/** Builds the console at synth, as functions are built, so that no other command has to run first. */
export function builtConsole(): ISource {
  return Source.asset(web, {
    // Hash the output, so that unchanged sources never cause a deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK requires an image even if bundling never uses it.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(outputDirectory) {
          cpSync(keptBuild(), outputDirectory, { recursive: true });
          return true;
        },
      },
    },
  });
}

const keptBuilds = join(root, 'node_modules/.cache/daypass-console');
const unfinishedPrefix = 'unfinished-';
const sources = [
  'web/**',
  'core/**',
  'docs/errors.md',
  'package-lock.json',
  'node_modules/.package-lock.json',
];

/** Made again only when its sources have changed, which settings are not. */
function keptBuild(): string {
  const kept = join(keptBuilds, hashOf(sources));
  if (existsSync(kept)) return kept;
  mkdirSync(keptBuilds, { recursive: true });
  // Under another name until it is whole: several may synthesize at once.
  const unfinished = mkdtempSync(join(keptBuilds, unfinishedPrefix));
  try {
    build(unfinished);
    for (const name of readdirSync(keptBuilds))
      if (!name.startsWith(unfinishedPrefix))
        rmSync(join(keptBuilds, name), { recursive: true, force: true });
    renameSync(unfinished, kept);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
  return kept;
}

function hashOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const entry of globSync(patterns, { cwd: root, withFileTypes: true }).sort(byPath)) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path}\n`).update(readFileSync(path)).update('\n');
  }
  return hash.digest('hex');
}

const byPath = (one: Dirent, other: Dirent): number =>
  join(one.parentPath, one.name) < join(other.parentPath, other.name) ? -1 : 1;

/** In a process of its own: synth is synchronous, and Vite isn't. */
function build(outputDirectory: string): void {
  const { status, error } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${web}/build/build.ts`, outputDirectory],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error('The console could not be built; the reason stands above.');
}
