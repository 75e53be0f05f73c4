import { createHash } from 'node:crypto';
import {
  type Dirent,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Build {
  name: string;
  /** Patterns of all files that it reads. */
  sources: readonly string[];
  /** What else it depends on. */
  options?: unknown;
}

const unfinishedPrefix = 'unfinished-';
const mostKept = 6;

/**
 * The folder that `make` writes into, made again only when sources or options have changed: what a synth builds takes
 * longer than all else that it does, and most synths come after a change of something else.
 */
export async function cachedBuild(build: Build, make: (folder: string) => Promise<void>): Promise<string> {
  const builds = join(root, 'node_modules/.cache', build.name);
  const kept = join(builds, hashOf(build));
  if (existsSync(kept)) {
    utimesSync(kept, new Date(), new Date());
    return kept;
  }
  mkdirSync(builds, { recursive: true });
  // Under another name until it is whole: several may synthesize at once.
  const unfinished = mkdtempSync(join(builds, unfinishedPrefix));
  try {
    await make(unfinished);
    renameSync(unfinished, kept);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
  for (const name of oldestOf(builds)) rmSync(join(builds, name), { recursive: true, force: true });
  return kept;
}

function oldestOf(builds: string): string[] {
  const age = (name: string) => -statSync(join(builds, name)).mtimeMs;
  return readdirSync(builds)
    .filter((name) => !name.startsWith(unfinishedPrefix))
    .toSorted((one, other) => age(one) - age(other))
    .slice(mostKept);
}

function hashOf({ sources, options = {} }: Build): string {
  const hash = createHash('sha256').update(`${JSON.stringify(options)}\n`);
  for (const entry of globSync(sources, { cwd: root, withFileTypes: true }).sort(byPath)) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hash
      .update(`${relative(root, path)}\n`)
      .update(readFileSync(path))
      .update('\n');
  }
  return hash.digest('hex');
}

const byPath = (one: Dirent, other: Dirent): number =>
  join(one.parentPath, one.name) < join(other.parentPath, other.name) ? -1 : 1;
