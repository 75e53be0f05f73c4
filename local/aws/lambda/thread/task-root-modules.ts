import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Format = 'module' | 'commonjs';

/**
 * Whether a `.js` file is a module is decided by the package.json files inside the task root alone. On AWS
 * nothing lies above `/var/task`; here the asset lies inside a user's project, whose `"type": "module"`
 * must not turn a CommonJS bundle into a broken module.
 */
export function scopeModulesTo(taskRoot: string): (file: string) => Format {
  const formats = new Map<string, Format>();
  const formatOfFolder = (folder: string): Format => {
    const known = formats.get(folder);
    if (known !== undefined) return known;
    const format =
      declaredFormat(folder) ??
      (isOutermost(folder, taskRoot) ? 'commonjs' : formatOfFolder(dirname(folder)));
    formats.set(folder, format);
    return format;
  };
  const formatOf = (file: string) => formatOfFolder(dirname(file));

  const rootUrl = `${pathToFileURL(taskRoot).href}/`;
  registerHooks({
    load(url, context, nextLoad) {
      const isOurs = url.startsWith(rootUrl) && url.endsWith('.js');
      return nextLoad(url, isOurs ? { ...context, format: formatOf(fileURLToPath(url)) } : context);
    },
  });
  return formatOf;
}

function declaredFormat(folder: string): Format | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const isModule =
    typeof description === 'object' &&
    description !== null &&
    'type' in description &&
    description.type === 'module';
  return isModule ? 'module' : 'commonjs';
}

const isOutermost = (folder: string, taskRoot: string) =>
  folder === taskRoot || folder.endsWith('/node_modules') || dirname(folder) === folder;
