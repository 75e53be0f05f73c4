import { gzipSync } from 'node:zlib';

/** What a browser must load before the console shows anything, in kilobytes of 1,000 bytes. */
const budgetKilobytes = 150;

/** The bundler's description of a chunk; assets have no code. */
interface Output {
  fileName: string;
  code?: string;
  isEntry?: boolean;
  imports?: string[];
}

/** Checks the gzipped size of the entry and its static imports against the budget. */
export function initialScript(outputs: readonly Output[]): { words: string; isOver: boolean } {
  const chunks = new Map(outputs.map((output) => [output.fileName, output]));
  const initial = new Set<string>();
  const add = (name: string) => {
    if (initial.has(name)) return;
    initial.add(name);
    for (const imported of chunks.get(name)?.imports ?? []) add(imported);
  };
  for (const { fileName, isEntry } of outputs) if (isEntry) add(fileName);
  if (initial.size === 0) throw new Error('the build has no entry');

  const bytes = [...initial].map((name) => gzipSync(chunks.get(name)?.code ?? '', { level: 9 }).length);
  const kilobytes = bytes.reduce((sum, size) => sum + size, 0) / 1000;
  const isOver = kilobytes > budgetKilobytes;
  const figure = `console: ${kilobytes.toFixed(1)} kB of initial JavaScript (gzip), budget ${budgetKilobytes} kB`;
  return { words: isOver ? `${figure}: too much. Load screens and big parts lazily.` : figure, isOver };
}
