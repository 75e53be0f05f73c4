import { type DocNode, type DocPage, textOf } from './doc-page.ts';

/** A heading of a page with the text below it, up to the next one. */
export interface DocSection {
  /** With the anchor of the heading; the beginning of a page has none. */
  path: string;
  /** Of the page, and of the section unless it is the page's beginning. */
  titles: readonly string[];
  text: string;
}

export function sectionsOf(path: string, { title, content }: DocPage): DocSection[] {
  const sections: (Omit<DocSection, 'text'> & { nodes: DocNode[] })[] = [
    { path, titles: [title], nodes: [] },
  ];
  for (const node of content) {
    if (typeof node !== 'string' && node.id !== undefined)
      sections.push({ path: `${path}#${node.id}`, titles: [title, textOf([node])], nodes: [] });
    else sections.at(-1)?.nodes.push(node);
  }
  return sections.map(({ nodes, ...section }) => ({ ...section, text: nodes.map(plain).join(' ') }));
}

/** With spaces between what stands apart, such as the cells of a table. */
function plain(node: DocNode): string {
  if (typeof node === 'string') return node;
  const text = node.children.map(plain).join('');
  return /^(p|li|td|th|pre|h\d)$/.test(node.tag) ? `${text} ` : text;
}

/** Those with every word of the query, first those that have it in their titles. */
export function matchingSections(sections: readonly DocSection[], query: string): DocSection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const titled = sections.filter(({ titles }) => has(titles.join(' ')));
  const others = sections.filter(
    (section) => !titled.includes(section) && has(`${section.titles.join(' ')} ${section.text}`),
  );
  return [...titled, ...others];
}

/** The words around the first match. */
export function excerptOf({ text }: DocSection, query: string): string {
  const word = query.toLowerCase().split(/\s+/).find(Boolean) ?? '';
  const plainText = text.replace(/\s+/g, ' ').trim();
  const found = Math.max(0, plainText.toLowerCase().indexOf(word));
  const start = found < 60 ? 0 : plainText.lastIndexOf(' ', found - 40) + 1;
  const excerpt = plainText.slice(start, start + 160);
  return `${start > 0 ? '…' : ''}${excerpt}${start + 160 < plainText.length ? '…' : ''}`;
}
