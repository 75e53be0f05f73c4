import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailKind, MailText } from '../../core/mail/kinds.ts';
import { mailKinds, readMailText } from './read-mail-text.ts';
import { readSvg, type Svg } from './svg.ts';

/** A page of the operator's, shown at `/pages/NAME`. */
interface Page {
  name: string;
  title: string;
  /** Markdown, without the title. */
  text: string;
}

/** What is in the folder `site` beside the settings file. */
export interface SiteFolder {
  logo?: Svg;
  logoDark?: Svg;
  favicon?: Svg;
  pages: Page[];
  mails: Partial<Record<MailKind, MailText>>;
}

const pictures = { 'logo.svg': 'logo', 'logo-dark.svg': 'logoDark', 'favicon.svg': 'favicon' } as const;
const mostBytes = { picture: 65_536, page: 131_072, mail: 65_536 };
const mostPages = 20;

/** The files of a folder, and what is wrong with them. */
interface Reading {
  /** Sorted, without those that systems hide in folders. */
  names(path: string): string[];
  /** @returns undefined after a complaint */
  text(path: string, most: number): string | undefined;
  complain(path: string, words: string): void;
}

/**
 * @param folder need not exist
 * @returns what is in it, and its mistakes as lines for people
 */
export function readSiteFolder(folder: string): { site: SiteFolder; mistakes: string[] } {
  const mistakes: string[] = [];
  const complain = (path: string, words: string) => void mistakes.push(`site/${path} ${words}`);
  const reading: Reading = {
    complain,
    names: (path) =>
      existsSync(join(folder, path))
        ? readdirSync(join(folder, path))
            .filter((name) => !name.startsWith('.'))
            .toSorted()
        : [],
    text(path, most) {
      const bytes = readFileSync(join(folder, path));
      try {
        if (bytes.length <= most) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        complain(path, `must have at most ${most} bytes, and has ${bytes.length}`);
      } catch {
        complain(path, 'must be text in UTF-8');
      }
      return undefined;
    },
  };
  const site = { ...readPictures(reading), pages: readPages(reading), mails: readMails(reading) };
  return { site, mistakes };
}

function readPictures({ names, text, complain }: Reading): Pick<SiteFolder, 'logo' | 'logoDark' | 'favicon'> {
  const found: Pick<SiteFolder, 'logo' | 'logoDark' | 'favicon'> = {};
  for (const name of names('.')) {
    if (name === 'pages' || name === 'mails') continue;
    if (!isPicture(name)) {
      complain(
        name,
        `must not be there: the folder takes ${Object.keys(pictures).join(', ')}, pages and mails`,
      );
      continue;
    }
    const file = text(name, mostBytes.picture);
    const svg = file === undefined ? undefined : readSvg(file);
    if (typeof svg === 'string') complain(name, svg);
    else if (svg !== undefined) found[pictures[name]] = svg;
  }
  if (found.logoDark !== undefined && !names('.').includes('logo.svg')) {
    complain('logo-dark.svg', 'must not be there without logo.svg');
  }
  return found;
}

const isPicture = (name: string): name is keyof typeof pictures => Object.hasOwn(pictures, name);

function readPages({ names, text, complain }: Reading): Page[] {
  const pages: Page[] = [];
  for (const file of names('pages')) {
    const path = `pages/${file}`;
    const name = /^([a-z0-9][a-z0-9-]{0,39})\.md$/.exec(file)?.[1];
    if (name === undefined) {
      complain(path, 'must be named in lower-case letters, digits and hyphens, at most 40, and end in .md');
      continue;
    }
    const content = text(path, mostBytes.page);
    if (content === undefined) continue;
    const [first = '', ...rest] = content.trimStart().split(/\r?\n/);
    const title = /^#\s+(\S.*)$/.exec(first)?.[1]?.trim();
    const namesake = pages.find((page) => page.title === title);
    if (title === undefined || title.length > 60) {
      complain(path, 'must begin with its title, a line such as "# Terms of use" of at most 60 characters');
    } else if (namesake !== undefined) {
      complain(path, `must have a title of its own: pages/${namesake.name}.md has '${title}' too`);
    } else pages.push({ name, title, text: rest.join('\n').trim() });
  }
  if (pages.length > mostPages) complain('pages', `must hold at most ${mostPages} pages`);
  return pages;
}

function readMails({ names, text, complain }: Reading): SiteFolder['mails'] {
  const mails: SiteFolder['mails'] = {};
  for (const file of names('mails')) {
    const path = `mails/${file}`;
    const kind = mailKinds.find((known) => file === `${known}.txt`);
    if (kind === undefined) {
      complain(path, `must be named after a mail: ${mailKinds.map((known) => `${known}.txt`).join(', ')}`);
      continue;
    }
    const content = text(path, mostBytes.mail);
    const mail = content === undefined ? undefined : readMailText(kind, content);
    if (typeof mail === 'string') complain(path, mail);
    else if (mail !== undefined) mails[kind] = mail;
  }
  return mails;
}
