import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';
import { toCatalog } from '../../lib/catalog.ts';
import { bundlingOfHandlers } from '../../lib/constructs/functions/esbuild-options.ts';
import { readSettings } from '../../lib/settings.ts';

export type Place = 'functions' | 'console';

/** A package of which something goes into a bundle. */
export interface BundledPackage {
  name: string;
  version: string;
  /** SPDX, as its package.json has it; undefined: it names none. */
  license: string | undefined;
  /** Of its licence file; undefined: it has none. */
  text: string | undefined;
  in: Place[];
}

/**
 * What is deployed of other people's code, by bundling all of it as synth does.
 * @param root of the project
 * @param settingsPath of the deployment: what it leaves off isn't bundled
 */
export async function bundledPackages(root: string, settingsPath: string): Promise<BundledPackage[]> {
  const packages = new Map<string, BundledPackage>();
  const add = (place: Place, file: string) => {
    const folder = packageFolder(file);
    if (folder === undefined) return;
    const found = packages.get(folder) ?? readPackage(join(root, folder));
    packages.set(folder, found);
    if (!found.in.includes(place)) found.in.push(place);
  };
  for (const file of await filesOfFunctions(settingsPath)) add('functions', file);
  for (const file of await filesOfConsole(root)) add('console', file);
  return [...packages.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function filesOfFunctions(settingsPath: string): Promise<string[]> {
  const { metafile } = await bundle({
    ...bundlingOfHandlers(toCatalog(readSettings(settingsPath), 'prod')),
    metafile: true,
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/** In a process of its own, since the console's build is no part of the stack's code. */
async function filesOfConsole(root: string): Promise<string[]> {
  const program = ['--disable-warning=ExperimentalWarning', join(root, 'web/build/list-files.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, program, {
    cwd: root,
    maxBuffer: 16 * 2 ** 20,
  });
  return JSON.parse(stdout) as string[];
}

/** `node_modules/a`, `node_modules/@b/c`, or one nested in another. */
function packageFolder(file: string): string | undefined {
  const parts = file.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return undefined;
  const isScoped = parts[at + 1]?.startsWith('@') === true;
  return parts.slice(0, at + (isScoped ? 3 : 2)).join('/');
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
  return {
    name,
    version,
    license,
    text: file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim(),
    in: [],
  };
}
