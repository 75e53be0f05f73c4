import { clsx } from 'clsx';
import { Link2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { type DocElement, type DocNode, type DocPage, textOf } from '../../docs/doc-page.ts';
import { currentLanguage } from '../../language/current-language.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { TextLink, textLinkStyle } from '../../parts/buttons/text-link.tsx';
import { ScrollSideways } from '../../parts/tables/scroll-sideways.tsx';
import { CodeExamples } from './code-examples.tsx';
import type { DocWords } from './use-doc-words.ts';

interface DocContentProps {
  page: DocPage;
  /** Of the text, in whatever language the rest of the console is. Empty: nobody knows. */
  lang: 'en' | '';
  words: DocWords;
}

/** The text of a page, with this address and the key in hand in its code. */
export function DocContent({ page, lang, words }: DocContentProps) {
  return (
    <div className="-mt-3">
      {words.key !== undefined && mentionsKey(page) && (
        <Alert tone="info">
          <T
            text="Code on this page is copied with your key {secret}."
            secret={<code className="font-mono text-xs">{words.key}</code>}
          />
        </Alert>
      )}
      <div lang={lang}>
        {withExamplesTogether(page.content).map((part, index) =>
          Array.isArray(part) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes its order
            <CodeExamples key={index} examples={part} words={words} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Fragment key={index}>{drawn(part as DocNode, words)}</Fragment>
          ),
        )}
      </div>
    </div>
  );
}

const mentionsKey = ({ content }: DocPage) => textOf(content).includes('YOUR_KEY');

/** Blocks of code that follow each other are one example in several languages. */
function withExamplesTogether(nodes: readonly DocNode[]): (DocNode | DocElement[])[] {
  const parts: (DocNode | DocElement[])[] = [];
  for (const node of nodes) {
    if (typeof node === 'string' || node.tag !== 'pre') parts.push(node);
    else {
      const last = parts.at(-1);
      if (Array.isArray(last)) last.push(node);
      else parts.push([node]);
    }
  }
  return parts;
}

function drawn(node: DocNode, words: DocWords): ReactNode {
  if (typeof node === 'string') return words.shown(node);
  const children = node.children.map((child, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes its order
    <Fragment key={index}>{drawn(child, words)}</Fragment>
  ));
  const draw = elements[node.tag];
  return draw === undefined ? children : draw(children, node, words);
}

type Draw = (children: ReactNode, node: DocElement, words: DocWords) => ReactNode;

const heading =
  (Tag: 'h2' | 'h3' | 'h4', style: string): Draw =>
  (children, { id = '', children: inside }) => (
    <Tag
      id={id}
      className={clsx(
        'group scroll-mt-20 rounded-sm font-semibold tracking-tight target:bg-accent-soft target:outline-4 target:outline-accent-soft',
        style,
      )}
    >
      {children}
      <a
        href={`#${id}`}
        lang={currentLanguage()}
        aria-label={t('Link to {heading}', { heading: textOf(inside) })}
        className="ml-1.5 inline-block rounded-sm align-middle text-ink-faint opacity-0 hover:text-accent focus-visible:opacity-100 group-hover:opacity-100 touch:opacity-100"
      >
        <Link2 aria-hidden className="size-4" />
      </a>
    </Tag>
  );

const elements: Readonly<Record<string, Draw>> = {
  h2: heading('h2', 'mt-9 mb-2 text-lg'),
  h3: heading('h3', 'mt-7 mb-1.5 text-base'),
  h4: heading('h4', 'mt-5 mb-1.5 text-base'),
  p: (children) => <p className="my-3 leading-relaxed">{children}</p>,
  ul: (children) => (
    <ul className="my-3 list-disc space-y-1.5 pl-5 leading-relaxed marker:text-ink-faint">{children}</ul>
  ),
  ol: (children) => (
    <ol className="my-3 list-decimal space-y-1.5 pl-6 leading-relaxed marker:text-ink-faint">{children}</ol>
  ),
  li: (children) => <li className="[&>p]:my-1">{children}</li>,
  blockquote: (children) => (
    <blockquote className="my-3 border-line-strong border-l-2 pl-3.5 text-ink-soft">{children}</blockquote>
  ),
  hr: () => <hr className="my-6 border-line" />,
  strong: (children) => <strong className="font-semibold">{children}</strong>,
  em: (children) => <em>{children}</em>,
  a: (children, { href = '' }) => <DocLink href={href}>{children}</DocLink>,
  code: (children) => (
    <code className="wrap-anywhere rounded-sm bg-hover px-1 py-0.5 font-mono text-[0.92em]">{children}</code>
  ),
  pre: (_children, node, words) => <CodeExamples examples={[node]} words={words} />,
  table: (children, node) => (
    <div className="my-4">
      <ScrollSideways
        label={t('Table: {beginning}', { beginning: textOf(node.children).trim().slice(0, 60) })}
      >
        <table className="w-full border-collapse text-left text-sm">{children}</table>
      </ScrollSideways>
    </div>
  ),
  thead: (children, node) => (textOf(node.children).trim() === '' ? null : <thead>{children}</thead>),
  tbody: (children) => <tbody>{children}</tbody>,
  tr: (children) => <tr>{children}</tr>,
  th: (children) => (
    <th scope="col" className="border-line border-b bg-sunken px-3 py-2 font-medium">
      {children}
    </th>
  ),
  td: (children) => (
    <td className="min-w-24 border-line border-t px-3 py-2 align-top [&_code]:wrap-break-word [tr:first-child>&]:border-t-0">
      {children}
    </td>
  ),
};

function DocLink({ href, children }: { href: string; children: ReactNode }) {
  if (href.startsWith('/')) return <TextLink to={href}>{children}</TextLink>;
  if (href.startsWith('#'))
    return (
      <a href={href} className={textLinkStyle}>
        {children}
      </a>
    );
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={textLinkStyle}>
      {children}
    </a>
  );
}
