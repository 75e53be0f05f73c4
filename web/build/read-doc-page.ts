import { posix } from 'node:path';
import { isValidElement, type ReactNode } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { errorCodes } from '../../core/errors.ts';
import { type DocElement, type DocHeading, type DocNode, type DocPage, textOf } from '../docs/doc-page.ts';
import { docPages } from '../docs/doc-pages.ts';

/**
 * Reads a page of docs/ into a tree that the console shows as it is, so that readers load no Markdown parser. Links to pages
 * that the console doesn't have become plain text; calls and error codes become links.
 *
 * @param file below docs/: `guide/quickstart.md`
 */
export function readDocPage(file: string, markdown: string): DocPage {
  const headings: DocHeading[] = [];
  const root = treeOf(forConsole(markdown, file));
  const title = root.find((node): node is DocElement => isElement(node) && node.tag === 'h1');
  if (title === undefined) throw new Error(`docs/${file} has no title`);
  const content = root
    .filter((node) => node !== title && node !== '\n')
    .map((node) => finished(node, { file, headings, linked: false }));
  return { title: textOf(title.children), headings, content };
}

/** Reads a page of the operator's: see lib/site/read-site.ts. Its links lead where they say, and its HTML stays text. */
export function readSitePage({ title, text }: { title: string; text: string }): DocPage {
  const headings: DocHeading[] = [];
  const content = treeOf(text)
    .filter((node) => node !== '\n')
    .map((node) => finished(node, { headings, linked: false }));
  return { title, headings, content };
}

const treeOf = (markdown: string) => nodesOf(Markdown({ children: markdown, remarkPlugins: [remarkGfm] }));

const isElement = (node: DocNode): node is DocElement => typeof node !== 'string';

/** Parts for readers at GitHub are marked; a link in brackets of its own would leave `(why)` behind. */
function forConsole(markdown: string, file: string): string {
  return (
    markdown
      .replace(/<!-- Not in the console -->[\s\S]*?<!-- End -->\n*/g, '')
      .replace(/<!--[\s\S]*?-->\n*/g, '')
      // The status of an error, which would begin a numbered list.
      .replace(/^(\d{3})\. /gm, '**$1.** ')
      .replace(/\s\(\[[^\]]*\]\(([^)]*)\)\)/g, (whole, target: string) =>
        addressOf(target, file) === undefined ? '' : whole,
      )
  );
}

function nodesOf(node: ReactNode): DocNode[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (!isValidElement<ElementProps>(node)) return node == null || node === false ? [] : [String(node)];
  const { children, href, className, style, src, alt } = node.props;
  // Not loaded from elsewhere, which the content security policy forbids, too.
  if (node.type === 'img') return [{ tag: 'a', href: src ?? '', children: [alt || (src ?? '')] }];
  const inside = nodesOf(children);
  if (typeof node.type !== 'string') return inside;
  const language = /^language-(.+)$/.exec(className ?? '')?.[1];
  return [
    {
      tag: node.type,
      ...(href !== undefined && { href }),
      ...(language !== undefined && { language }),
      ...(style?.textAlign !== undefined && { align: style.textAlign }),
      children: inside,
    },
  ];
}

interface ElementProps {
  children?: ReactNode;
  href?: string;
  src?: string;
  alt?: string;
  className?: string;
  style?: { textAlign?: string };
}

interface Reading {
  /** Below docs/; undefined: a page of the operator's. */
  file?: string;
  headings: DocHeading[];
  /** Within a link, a heading or a block of code, nothing becomes a link. */
  linked: boolean;
}

function finished(node: DocNode, reading: Reading): DocNode {
  if (!isElement(node)) return node;
  const { tag } = node;
  if (tag === 'code' && !reading.linked) return linkedCode(node, reading);
  const isHeading = /^h[2-6]$/.test(tag);
  const linked = reading.linked || isHeading || tag === 'a' || tag === 'pre';
  const children = node.children.map((child) => finished(child, { ...reading, linked }));
  if (isHeading) {
    const text = textOf(children);
    const heading = { id: anchorOf(text), text, level: Number(tag[1]) };
    reading.headings.push(heading);
    return { ...node, id: heading.id, children };
  }
  if (tag !== 'a') return { ...node, children };
  const href = addressOf(node.href ?? '', reading.file);
  return href === undefined ? { tag: 'span', children } : { ...node, href, children };
}

const operations = new Map(
  Object.entries<RouteContract>(routes).map(([id, { method, path }]) => [
    `${method.toUpperCase()} ${path}`,
    id,
  ]),
);

/** `POST /v1/responses` leads to the reference, and `quota_exceeded` to its entry. */
function linkedCode(node: DocElement, { file }: Reading): DocElement {
  const text = textOf(node.children);
  const operation = operations.get(text);
  const href =
    operation !== undefined
      ? `/docs/api#${operation}`
      : Object.hasOwn(errorCodes, text) && file !== 'errors.md'
        ? `/docs/errors#${text}`
        : undefined;
  return href === undefined ? node : { tag: 'a', href, children: [node] };
}

/** Where a link leads in the console; undefined for what it doesn't have. */
function addressOf(link: string, file: string | undefined): string | undefined {
  if (/^(https?:|mailto:)/.test(link) || link.startsWith('#')) return link;
  if (file === undefined) return /^\/(?!\/)/.test(link) ? link : undefined;
  const [path = '', anchor] = link.split('#');
  const target = posix.join(posix.dirname(file), path);
  const page = docPages.find((one) => one.file === target);
  if (page === undefined) return undefined;
  return anchor === undefined ? page.path : `${page.path}#${anchor}`;
}

/** As GitHub makes it from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
