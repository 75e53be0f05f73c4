import { runInNewContext } from 'node:vm';
import type { LoadedScreen, Output } from '../../../web/build/bundle-budget.ts';
import { screenFilesScript } from '../../../web/build/screen-files.ts';

const screen = (path: string, ...fileNames: string[]): LoadedScreen => ({
  path,
  fileNames: ['main.js', 'start.js', ...fileNames],
  files: fileNames.length + 2,
  kilobytes: 1,
});

const outputs: Output[] = [
  { fileName: 'main.js', isEntry: true, imports: ['start.js'] },
  ...['start.js', 'shell.js', 'keys.js', 'key.js', 'reference.js', 'page.js', 'lost.js'].map((fileName) => ({
    fileName,
  })),
];

const script = screenFilesScript(
  [
    screen('/docs/:page', 'shell.js', 'page.js'),
    screen('/docs/api', 'shell.js', 'reference.js'),
    screen('/keys', 'shell.js', 'keys.js'),
    screen('/keys/:id', 'shell.js', 'key.js'),
    screen('*', 'lost.js'),
  ],
  outputs,
);

/** What the script asks for on a page. */
function preloadsAt(pathname: string): string[] {
  const asked: { rel?: string; href?: string }[] = [];
  runInNewContext(script, {
    self: {},
    location: { pathname },
    document: {
      createElement: () => ({}),
      head: { append: (link: { rel?: string; href?: string }) => asked.push(link) },
    },
  });
  return asked.flatMap(({ rel, href }) => (rel === 'modulepreload' && href !== undefined ? [href] : []));
}

test.each([
  ['/keys', ['/shell.js', '/keys.js']],
  ['/keys/', ['/shell.js', '/keys.js']],
  ['/', ['/shell.js', '/keys.js']],
  ['/keys/key_1', ['/shell.js', '/key.js']],
  ['/docs/api', ['/shell.js', '/reference.js']],
  ['/docs/quickstart', ['/shell.js', '/page.js']],
  ['/nowhere', ['/lost.js']],
])('%s asks for its own files, and not for those that the page names', (pathname, files) => {
  expect(preloadsAt(pathname)).toEqual(files);
});
