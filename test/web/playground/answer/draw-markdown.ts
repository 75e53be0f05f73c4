import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What draws an answer's markdown, as it is built for the browser: Node reads no JSX. */
export async function markdownDrawing(): Promise<(text: string) => string> {
  const folder = mkdtempSync(join(tmpdir(), 'daypass-markdown-'));
  const outfile = join(folder, 'drawing.mjs');
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    // For a browser, packages expect a document.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const { draw } = (await import(outfile)) as { draw: (text: string) => string };
  rmSync(folder, { recursive: true });
  return draw;
}

const answers = '../../../../web/screens/playground/answer';

const source = `
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.browser';
import { MarkdownBlock } from '${answers}/markdown.tsx';
import { markdownBlocks } from '${answers}/markdown-blocks.ts';

export const draw = (text) =>
  markdownBlocks(text)
    .map((block, place) =>
      renderToStaticMarkup(createElement(MarkdownBlock, { text: block, idPrefix: 'a-' + place + '-' })))
    .join('');
`;
