import { gzipSync } from 'node:zlib';
import type { RoutedScreen } from './screens-of-routes.ts';

interface Budget {
  files: number;
  /** Of 1,000 bytes, compressed. */
  kilobytes: number;
}

/** What a browser may have to load before a screen is there. */
const most: Budget = { files: 12, kilobytes: 200 };

/** The bundler's description of a chunk; assets have no code. */
export interface Output {
  fileName: string;
  code?: string;
  isEntry?: boolean;
  imports?: string[];
  /** The files that the chunk is made of. */
  moduleIds?: readonly string[];
}

export interface LoadedScreen extends Budget {
  path: string;
  fileNames: readonly string[];
}

/**
 * The entry, what the screen's modules are in, and all that these import.
 * @throws Error if the build has no entry, or not what a screen imports
 */
export function loadedScreens(
  outputs: readonly Output[],
  screens: readonly RoutedScreen[],
): readonly LoadedScreen[] {
  const chunks = new Map(outputs.map((output) => [output.fileName, output]));
  const sizes = new Map<string, number>();
  const sizeOf = (name: string) => {
    const size = sizes.get(name) ?? gzipSync(chunks.get(name)?.code ?? '', { level: 9 }).length;
    sizes.set(name, size);
    return size;
  };
  const entries = outputs.filter(({ isEntry }) => isEntry);
  if (entries.length === 0) throw new Error('the build has no entry');
  return screens.map(({ path, modules }) => {
    const fileNames = new Set<string>();
    const add = (name: string) => {
      if (fileNames.has(name)) return;
      fileNames.add(name);
      for (const imported of chunks.get(name)?.imports ?? []) add(imported);
    };
    for (const { fileName } of entries) add(fileName);
    for (const module of modules) add(chunkOf(module, outputs));
    const bytes = [...fileNames].reduce((sum, name) => sum + sizeOf(name), 0);
    return { path, fileNames: [...fileNames], files: fileNames.size, kilobytes: bytes / 1000 };
  });
}

function chunkOf(module: string, outputs: readonly Output[]): string {
  const end = module.replace(/^\./, '/web');
  const chunk = outputs.find(({ moduleIds = [] }) =>
    moduleIds.some((id) => id.replaceAll('\\', '/').endsWith(end)),
  );
  if (chunk === undefined) throw new Error(`the build lacks ${module}`);
  return chunk.fileName;
}

/**
 * A circle of chunks would run modules before what they import.
 * @returns the fault, if there is one
 */
export function importCircle(outputs: readonly Output[]): string | undefined {
  const chunks = new Map(outputs.map((output) => [output.fileName, output]));
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name].join(' imports ');
    if (done.has(name)) return undefined;
    for (const imported of chunks.get(name)?.imports ?? []) {
      const circle = visit(imported, [...path, name]);
      if (circle !== undefined) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const { fileName } of outputs) {
    const circle = visit(fileName, []);
    if (circle !== undefined) return `Chunks import each other: ${circle}`;
  }
  return undefined;
}

/** @returns a line for each screen that is over its budget, and one with the largest */
export function overBudget(screens: readonly LoadedScreen[]): { words: string; faults: readonly string[] } {
  const words = ({ path, files, kilobytes }: LoadedScreen) =>
    `${path}: ${files} files, ${kilobytes.toFixed(1)} kB`;
  const faults = screens
    .filter(({ files, kilobytes }) => files > most.files || kilobytes > most.kilobytes)
    .map(
      (screen) =>
        `Too much script. ${words(screen)}. Load parts when they are needed: web/parts/on-demand.ts`,
    );
  const [largest] = screens.toSorted((one, other) => other.kilobytes - one.kilobytes);
  return {
    words: largest === undefined ? '' : `console: at most ${words(largest)} of script (gzip)`,
    faults,
  };
}

/** The landing page's own script, in kilobytes. */
const landingKilobytes = 25;

/** @returns the fault, if its script is too large */
export function landingOverBudget(outputs: readonly Output[]): string | undefined {
  const bytes = outputs.reduce((sum, { code = '' }) => sum + gzipSync(code, { level: 9 }).length, 0);
  return bytes / 1000 > landingKilobytes
    ? `The landing page has ${bytes / 1000} kB of script (gzip), of ${landingKilobytes}`
    : undefined;
}
