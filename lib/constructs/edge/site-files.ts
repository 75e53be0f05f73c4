import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Settings } from '../../settings.ts';
import { accentOf } from '../../site/accent.ts';
import { defaultName } from '../../site/site-settings.ts';
import type { Svg } from '../../site/svg.ts';
import { escaped } from './landing/html.ts';

export type Site = Settings['site'];

/** So wide a logo holds the name itself. */
const wordMarkRatio = 2;

/** @returns undefined: there is no logo, and the ticket stands for it */
export function logoKind({ logo }: Site): 'mark' | 'word-mark' | undefined {
  if (logo === undefined) return undefined;
  return logo.width / logo.height > wordMarkRatio ? 'word-mark' : 'mark';
}

/**
 * The operator's own files, beside the console's.
 * @param folder of the built console, or of its sources if nothing was built
 */
export function siteFiles(site: Site, folder: string): ISource[] {
  const { logo, logoDark } = site;
  const css = brandCss(site);
  const files: [name: string, text: string | undefined][] = [
    ['brand.css', css === '' ? undefined : css],
    ['logo.svg', logo?.text],
    ['logo-dark.svg', logoDark?.text],
    ['favicon.svg', faviconOf(site, folder)],
    ...siteFilesOfPages(site.pages),
  ];
  return files.flatMap(([name, text]) => (text === undefined ? [] : [Source.data(name, text)]));
}

const pageBuild = fileURLToPath(new URL('../../../web/build/site-pages.ts', import.meta.url));

/** In a process of its own, as the console is built: what knows Markdown is not for the template's code to import. */
function siteFilesOfPages(pages: Site['pages']): [name: string, text: string][] {
  if (pages.length === 0) return [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', pageBuild],
    { input: JSON.stringify(pages), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`The pages in the folder site could not be read:\n${stderr}`);
  const trees = JSON.parse(stdout) as unknown[];
  return pages.map(({ name }, at) => [`pages/${name}.json`, JSON.stringify(trees[at])]);
}

/** Colours and logo for every page: before the first paint, and without the inline style that the content security policy forbids. */
function brandCss(site: Site): string {
  const { accent, accentDark, logo, logoDark } = site;
  const rules: string[] = [];
  if (accent !== undefined) {
    const { light, dark } = accentOf(accent, accentDark);
    const colours = {
      accent: 'accent',
      'accent-strong': 'strong',
      'accent-soft': 'soft',
      'on-accent': 'on',
    } as const;
    const lines = Object.entries(colours).map(
      ([name, shade]) => `--color-${name}: light-dark(${light[shade]}, ${dark[shade]});`,
    );
    rules.push(`:root { ${lines.join(' ')} }`);
  }
  if (logo !== undefined) rules.push(...logoRules(logo, logoKind(site) === 'word-mark'));
  if (logoDark !== undefined) {
    const dark = 'background-image: url(/logo-dark.svg)';
    rules.push(
      `:root[data-theme="dark"] .brand-logo { ${dark} }`,
      `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) .brand-logo { ${dark} } }`,
    );
  }
  return rules.map((rule) => `${rule}\n`).join('');
}

function logoRules({ width, height }: Svg, isWordMark: boolean): string[] {
  const size = isWordMark ? 'height: 1.75rem; max-width: 10rem' : 'height: 1.5rem';
  return [
    `.brand-logo { display: block; flex: none; ${size}; aspect-ratio: ${width} / ${height}; ` +
      'background: url(/logo.svg) left center / contain no-repeat }',
  ];
}

/** The ticket gets the operator's colour, unless there is a picture that fits a browser's tab. */
function faviconOf(site: Site, folder: string): string | undefined {
  const own = site.favicon ?? (logoKind(site) === 'mark' ? site.logo : undefined);
  if (own !== undefined) return own.text;
  if (site.name === defaultName && site.accent === undefined) return undefined;
  // Vite copies what is in `public` beside the page.
  const ticket = ['favicon.svg', 'public/favicon.svg'].map((path) => join(folder, path)).map(textOf);
  return ticket
    .find((text) => text !== undefined)
    ?.replace('<title>Daypass</title>', () => `<title>${escaped(site.name)}</title>`)
    .replace('#1f5fbf', site.accent ?? '#1f5fbf');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The console's page with the operator's title and sentence, and the link to brand.css on it. */
export function brandedIndex(page: string, site: Site): string {
  const { name, sentence } = site;
  const named = filled(page, '<title>Daypass</title>', `<title>${escaped(name)}</title>`);
  const described =
    sentence === undefined
      ? named
      : filled(
          named,
          / name="description" content="[^"]*"/,
          ` name="description" content="${escaped(sentence)}"`,
        );
  return withBrandCss(described, site);
}

/** Last in the head, after the styles that it changes. */
export function withBrandCss(page: string, site: Site): string {
  if (brandCss(site) === '') return page;
  return filled(page, '</head>', '  <link rel="stylesheet" href="/brand.css" />\n  </head>');
}

function filled(page: string, place: string | RegExp, value: string): string {
  if (page.search(place) < 0) throw new Error(`The console’s page has no ${place} to fill in`);
  return page.replace(place, () => value);
}
