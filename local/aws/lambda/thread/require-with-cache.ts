import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { constants, Script } from 'node:vm';

/**
 * What V8 has compiled of a bundle, for the environments that start after the first. Node's own compile cache holds a
 * module as it was before it ran, and a bundle consists of functions that are compiled when they are called: it saves a
 * third of that work, this nearly all.
 */
export interface CodeCache {
  /** Where it is kept. */
  directory: string;
  /** Keeps what has been compiled so far; set when nothing was kept before. */
  keep?: (() => void) | undefined;
}

/** Loads a CommonJS file as `require` does. */
export function requireWithCache(file: string, cache: CodeCache | undefined): unknown {
  const require = createRequire(file);
  if (cache === undefined) return require(file);
  const source = readFileSync(file, 'utf8');
  // V8 itself compares no more than a source's length.
  const kept = join(cache.directory, createHash('sha256').update(`${file}\n${source}`).digest('hex'));
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const [before, after] = ['(function (exports, require, module, __filename, __dirname) { ', '\n})'];
  keepQuiet();
  const script = new Script(`${before}${source}${after}`, {
    filename: file,
    columnOffset: -before.length,
    ...(cachedData && { cachedData }),
    // The only one that works with cached data.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cachedData === undefined || script.cachedDataRejected === true) {
    cache.keep = () => writeWhole(kept, script.createCachedData());
  }
  const module = new Module(file);
  module.filename = file;
  const folder = dirname(file);
  script.runInThisContext()(module.exports, require, module, file, folder);
  module.loaded = true;
  return module.exports;
}

/**
 * That this way of loading is experimental is no concern of the function, in whose log the warning would appear with its
 * first `import()`.
 */
function keepQuiet(): void {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...others: unknown[]) => {
    if (!String(warning).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER '))
      Reflect.apply(emitWarning, process, [warning, ...others]);
  };
}

/** Others may be reading it, or writing the same. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.${process.pid}.${performance.now()}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, path);
}
