import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { homePath } from '../shell/session/return-path.ts';
import { type LoadedScreen, loadedScreens, type Output } from './bundle-budget.ts';
import { screensOfRoutes } from './screens-of-routes.ts';

/**
 * Adds a script to the page that knows which files each address needs, and asks for those of the present one at once,
 * beside the console's own start. Without it they are known only when that has run, a round trip or two later. A file,
 * since the content security policy forbids scripts in the page; one page for all addresses, since S3 has only files.
 */
export function screenFiles(root: string): Plugin {
  return {
    name: 'daypass-screen-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const outputs = Object.values(bundle);
      const routes = screensOfRoutes(readFileSync(join(root, 'routes.tsx'), 'utf8'));
      const source = screenFilesScript(loadedScreens(outputs, routes), outputs);
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `assets/screens-${hash}.js`;
      this.emitFile({ type: 'asset', fileName, source });
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the build has no index.html');
      const before = '<script src="/theme.js"></script>';
      const html = String(page.source);
      if (!html.includes(before)) throw new Error(`index.html has no ${before}`);
      page.source = html.replace(before, `${before}\n    <script async src="/${fileName}"></script>`);
    },
  };
}

/** `daypassFilesOf(path)` tells the files of an address beyond those that the page itself names. */
export function screenFilesScript(screens: readonly LoadedScreen[], outputs: readonly Output[]): string {
  const started = new Set(screens.flatMap(({ fileNames }) => fileNames).filter(isOfStart));
  const files = [...new Set(screens.flatMap(({ fileNames }) => fileNames))].filter(
    (name) => !started.has(name),
  );
  // What has no part that stands for any comes first: /docs/api is no page of the docs.
  const rows = screens
    .toSorted((one, other) => Number(one.path.includes(':')) - Number(other.path.includes(':')))
    .map(({ path, fileNames }) => [
      path === '*' ? '' : path.replaceAll(/:[^/]+/g, '[^/]+'),
      fileNames.filter((name) => !started.has(name)).map((name) => files.indexOf(name)),
    ]);
  const filesOf = (wanted: string) => rows.find(([pattern]) => pattern === wanted)?.[1] ?? [];
  const known = [['/', filesOf(homePath)], ...rows.filter(([pattern]) => pattern !== '')];
  return `(function (files, screens, fallback) {
  var filesOf = function (path) {
    var found = screens.find(function (screen) {
      return new RegExp('^' + screen[0] + '/*$').test(path);
    });
    return (found ? found[1] : fallback).map(function (place) {
      return '/' + files[place];
    });
  };
  self.daypassFilesOf = filesOf;
  filesOf(location.pathname).forEach(function (file) {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.append(link);
  });
})(${JSON.stringify(files)}, ${JSON.stringify(known)}, ${JSON.stringify(filesOf(''))});
`;

  function isOfStart(name: string): boolean {
    return outputs.some(
      ({ fileName, isEntry, imports = [] }) => isEntry && (fileName === name || imports.includes(name)),
    );
  }
}
