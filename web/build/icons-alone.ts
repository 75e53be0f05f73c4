import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Imports each icon from its own file. Through the package's one entry, the build would read 1,700 of them, and which of them
 * a screen needs could not be told from what imports what: see planChunks.
 */
export function iconsAlone(): Plugin {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('lucide-react'))), '../esm');
  const fileOf = iconFiles(readFileSync(join(folder, 'lucide-react.mjs'), 'utf8'));
  return {
    name: 'daypass-icons-alone',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/[\\/]web[\\/].*\.tsx?$/.test(id) || !code.includes("from 'lucide-react'")) return;
      return { code: withIconsAlone(code, fileOf, folder), map: null };
    },
  };
}

/** @param entry of the package: a line for each icon, with all its names */
export function iconFiles(entry: string): ReadonlyMap<string, string> {
  const lines = entry.matchAll(/^export \{ (.*) \} from '(\.\/icons\/.*)';$/gm);
  return new Map(
    [...lines].flatMap(([, names = '', file = '']) =>
      names.split(', ').map((name) => [name.replace('default as ', ''), file] as const),
    ),
  );
}

/** @throws Error if there is no such icon */
export function withIconsAlone(code: string, fileOf: ReadonlyMap<string, string>, folder: string): string {
  return code.replaceAll(/import \{([^}]*)\} from 'lucide-react';/g, (_all, list: string) =>
    list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '' && !one.startsWith('type '))
      .map((one) => {
        const [name = '', local = name] = one.split(' as ');
        const file = fileOf.get(name);
        if (file === undefined) throw new Error(`lucide-react has no icon ${name}`);
        return `import ${local} from ${JSON.stringify(join(folder, file))};`;
      })
      .join(' '),
  );
}
