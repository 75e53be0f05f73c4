/** A page of the docs as the build makes it from Markdown; web/build/read-doc-page.ts says how. */
export interface DocPage {
  title: string;
  headings: readonly DocHeading[];
  content: readonly DocNode[];
}

export interface DocHeading {
  /** Also its place in the address: `/docs/errors#quota_exceeded`. */
  id: string;
  text: string;
  level: number;
}

export type DocNode = string | DocElement;

export interface DocElement {
  tag: string;
  id?: string;
  /** An address of this console, an anchor on the page, or an absolute address. */
  href?: string;
  /** Of a block of code, as written after the backticks. */
  language?: string;
  align?: string;
  children: readonly DocNode[];
}

export function textOf(nodes: readonly DocNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}
