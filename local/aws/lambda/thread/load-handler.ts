import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStreaming, type LoadedFunction } from './awslambda-global.ts';
import { type CodeCache, requireWithCache } from './require-with-cache.ts';
import { callbackHandlerRefused, RuntimeError } from './runtime-errors.ts';
import { scopeModulesTo } from './task-root-modules.ts';

/**
 * Loads the bundle and finds the handler in it.
 * @param handler for example `index.handler` or `folder/index.api.handler`
 * @throws RuntimeError of the kind Lambda reports, or whatever the bundle throws at import
 */
export async function loadHandler(
  taskRoot: string,
  handler: string,
  cache?: CodeCache,
): Promise<LoadedFunction['call']> {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, moduleName, path] = /^([^.]*)\.(.*)$/.exec(basename(handler)) ?? [];
  if (moduleName === undefined || path === undefined)
    throw new RuntimeError('MalformedHandlerName', 'Bad handler');

  const folder = handler.slice(0, handler.length - basename(handler).length);
  const found = pick(await loadModule(taskRoot, join(taskRoot, folder, moduleName), cache), path.split('.'));
  if (found === undefined || found === null) {
    throw new RuntimeError('HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('HandlerNotFound', `${handler} is not a function`);
  if (found.length >= 3 && !isStreaming(found)) throw callbackHandlerRefused();
  return found;
}

async function loadModule(taskRoot: string, stem: string, cache?: CodeCache): Promise<unknown> {
  const formatOf = scopeModulesTo(taskRoot);
  const file = ['', '.js', '.mjs', '.cjs'].map((ending) => stem + ending).find(isFile);
  if (file === undefined) {
    throw new RuntimeError(
      'ImportModuleError',
      `Error: Cannot find module '${basename(stem)}' in ${taskRoot}`,
    );
  }
  const isModule = file.endsWith('.mjs') || (file.endsWith('.js') && formatOf(file) === 'module');
  try {
    return isModule ? await import(pathToFileURL(file).href) : requireWithCache(file, cache);
  } catch (error) {
    throw asLambdaNamesIt(error);
  }
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();

function pick(from: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value === undefined || value === null ? undefined : (value as Record<string, unknown>)[key],
    from,
  );
}

function asLambdaNamesIt(error: unknown): unknown {
  if (error instanceof SyntaxError) return new RuntimeError('UserCodeSyntaxError', String(error), error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isMissing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  return isMissing ? new RuntimeError('ImportModuleError', String(error)) : error;
}
