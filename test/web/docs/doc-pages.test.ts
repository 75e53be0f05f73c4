import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '../../../core/contract/routes.ts';
import { errorCodes } from '../../../core/errors.ts';
import { readDocPage } from '../../../web/build/read-doc-page.ts';
import { type DocNode, type DocPage, textOf } from '../../../web/docs/doc-page.ts';
import { docPages } from '../../../web/docs/doc-pages.ts';
import { sectionsOf as docSections, excerptOf, matchingSections } from '../../../web/docs/doc-sections.ts';

const docs = join(import.meta.dirname, '../../../docs');
const pages = docPages.map(({ path, file }) => ({
  path,
  file,
  page: readDocPage(file, readFileSync(join(docs, file), 'utf8')),
}));

const linksOf = (nodes: readonly DocNode[]): string[] =>
  nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [...(node.href === undefined ? [] : [node.href]), ...linksOf(node.children)],
  );

const idsOf = ({ headings }: DocPage) => headings.map(({ id }) => id);

test('every page of the guide is shown', () => {
  const guide = globSync('guide/*.md', { cwd: docs });
  expect(pages.map(({ file }) => file)).toEqual(expect.arrayContaining(guide));
});

test.each(pages)('$file links only to pages, headings and calls that the console has', ({ path, page }) => {
  for (const link of linksOf(page.content)) {
    if (/^(https?:|mailto:)/.test(link)) continue;
    const [to, anchor] = link.split('#');
    const target = to === '' ? path : to;
    if (target === '/docs/api') expect(Object.keys(routes)).toContain(anchor);
    else {
      const found = pages.find((one) => one.path === target);
      expect([link, found?.path]).toEqual([link, target]);
      if (anchor !== undefined && found !== undefined) expect(idsOf(found.page)).toContain(anchor);
    }
  }
});

test('each error code is a heading that its name leads to', () => {
  const errors = pages.find(({ path }) => path === '/docs/errors');
  expect(idsOf(errors?.page as DocPage)).toEqual(expect.arrayContaining(Object.keys(errorCodes)));
  expect(textOf(errors?.page.content ?? [])).toContain('429. The requests of a day');
});

test('headings of a page have ids of their own', () => {
  for (const { page } of pages) expect(idsOf(page)).toEqual([...new Set(idsOf(page))]);
});

test('calls and error codes become links; what the console doesn’t have is plain text, and its own remarks go', () => {
  const markdown = [
    '# A page',
    '<!-- Not in the console -->\n\nOnly elsewhere.\n\n<!-- End -->',
    'Ask by `POST /v1/chat/completions` until `quota_exceeded` ([why](../metering.md)).',
    'Read [the operator’s page](../operations.md) and [the next](limits.md#getting-more).',
  ].join('\n\n');
  const page = readDocPage('guide/page.md', markdown);
  expect(page.title).toBe('A page');
  expect(linksOf(page.content)).toEqual([
    '/docs/api#createChatCompletion',
    '/docs/errors#quota_exceeded',
    '/docs/limits#getting-more',
  ]);
  expect(page.content.map((node) => textOf([node]))).toEqual([
    'Ask by POST /v1/chat/completions until quota_exceeded.',
    'Read the operator’s page and the next.',
  ]);
});

test('sections are found by their titles first, then by their text, and quoted around the match', () => {
  const markdown =
    '# A page\n\nOn other things.\n\n## Quota\n\nWhat is left.\n\n## More\n\n| a | quota |\n|---|---|\n| b | c |';
  const sections = docSections('/docs/page', readDocPage('guide/page.md', markdown));
  const found = matchingSections(sections, 'QUOTA');
  expect(found.map(({ path, titles }) => [path, titles])).toEqual([
    ['/docs/page#quota', ['A page', 'Quota']],
    ['/docs/page#more', ['A page', 'More']],
  ]);
  expect(found.map((section) => excerptOf(section, 'quota'))).toEqual(['What is left.', 'a quota b c']);
  expect(matchingSections(sections, ' ')).toEqual([]);
});

test('code keeps its text and its language, whatever it holds', () => {
  const page = readDocPage('guide/page.md', '# A page\n\n```python\nprint("<b>`quota_exceeded`</b>")\n```');
  expect(page.content).toEqual([
    {
      tag: 'pre',
      children: [{ tag: 'code', language: 'python', children: ['print("<b>`quota_exceeded`</b>")\n'] }],
    },
  ]);
});
