import { clsx } from 'clsx';
import { Square, SquareCheck } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import Markdown, { type Components, defaultUrlTransform } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { t } from '../../../language/t.ts';
import { textLinkStyle } from '../../../parts/buttons/text-link.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { codeLanguage } from '../../../parts/code/code-language.ts';
import { ScrollSideways } from '../../../parts/tables/scroll-sideways.tsx';
import { FormulaView } from './formula-view.tsx';
import { formulaOf, withFormulas } from './formulas.ts';
import { isParsable } from './parse-limits.ts';
import type { ParsedBlocks } from './parsed-blocks.ts';
import { PlainText } from './plain-text.tsx';

interface MarkdownBlockProps {
  text: string;
  idPrefix: string;
  /** Keeps finished blocks; undefined for one that is still growing. */
  parsed?: ParsedBlocks | undefined;
}

/**
 * A model's markdown as React elements: HTML stays text. Images are not loaded, since that would tell their server who
 * is reading. What can't be parsed is shown as it is.
 */
export const MarkdownBlock = memo(function MarkdownBlock({ text, idPrefix, parsed }: MarkdownBlockProps) {
  const key = idPrefix + text;
  const drawn = parsed?.get(key) ?? draw(text, idPrefix);
  parsed?.set(key, drawn);
  return drawn;
});

function draw(text: string, idPrefix: string): ReactNode {
  if (!isParsable(text)) return <PlainText text={text} />;
  try {
    // A plain function without hooks: called here so that what it throws can be caught.
    return Markdown({
      remarkPlugins: [remarkGfm],
      rehypePlugins: [blocksInTheirDirection],
      remarkRehypeOptions: { clobberPrefix: idPrefix },
      urlTransform: outwardUrl,
      components,
      children: withFormulas(text),
    });
  } catch {
    return <PlainText text={text} />;
  }
}

interface TreeNode {
  type: string;
  properties?: Record<string, unknown>;
  children?: TreeNode[];
}

/** Only the outermost: a list or table has one direction, that of its first words. */
const blocksInTheirDirection = () => (tree: TreeNode) => {
  for (const { type, properties } of tree.children ?? [])
    if (type === 'element' && properties !== undefined) properties.dir = 'auto';
};

/** Absolute addresses only: a relative one would lead into this console. */
const outwardUrl = (url: string): string => (/^(https?:|mailto:)/i.test(url) ? defaultUrlTransform(url) : '');

interface BlockProps {
  dir?: string | undefined;
  children?: ReactNode;
}

const heading =
  (Tag: 'h3' | 'h4' | 'h5' | 'h6', style: string) =>
  ({ dir, children }: BlockProps) => (
    <Tag dir={dir} className={clsx('mt-5 mb-2 font-semibold', style)}>
      {children}
    </Tag>
  );

/** Headings start at h3, below the turn's own. */
const components: Components = {
  h1: heading('h3', 'text-lg tracking-tight'),
  h2: heading('h4', 'text-lg tracking-tight'),
  h3: heading('h5', 'text-base'),
  h4: heading('h6', 'text-base'),
  h5: heading('h6', 'text-base'),
  h6: heading('h6', 'text-base'),
  p: ({ dir, children }) => (
    <p dir={dir} className="my-3">
      {children}
    </p>
  ),
  ul: ({ dir, children }) => (
    <ul dir={dir} className="my-3 list-disc space-y-1 ps-5 marker:text-ink-faint">
      {children}
    </ul>
  ),
  ol: ({ dir, start, children }) => (
    <ol dir={dir} start={start} className="my-3 list-decimal space-y-1 ps-6 marker:text-ink-faint">
      {children}
    </ol>
  ),
  li: ({ className, children }) => (
    <li className={clsx('[&>p]:my-1', className === 'task-list-item' && '-ms-5 list-none')}>{children}</li>
  ),
  blockquote: ({ dir, children }) => (
    <blockquote dir={dir} className="my-3 border-line-strong border-s-2 ps-3.5 text-ink-soft">
      {children}
    </blockquote>
  ),
  hr: () => <hr className="my-5 border-line" />,
  a: ({ href, children }) =>
    href ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={textLinkStyle}>
        {children}
      </a>
    ) : (
      children
    ),
  img: ({ src, alt }) => <Picture address={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
  input: ({ checked }) => {
    const Icon = checked ? SquareCheck : Square;
    return (
      <Icon
        role="img"
        aria-label={checked ? t('done') : t('open')}
        className="me-2 mb-0.5 inline size-4 text-ink-faint"
      />
    );
  },
  table: ({ dir, children }) => (
    <div dir={dir} className="my-3">
      <ScrollSideways label={t('Table')}>
        <table className="w-full border-collapse text-start text-sm">{children}</table>
      </ScrollSideways>
    </div>
  ),
  th: ({ children }) => (
    <th className="border-line border-b bg-sunken px-3 py-2 text-start font-medium">{children}</th>
  ),
  td: ({ children }) => <td className="border-line border-t px-3 py-2 align-top">{children}</td>,
  code: ({ children }) => {
    const formula = typeof children === 'string' ? formulaOf(children) : undefined;
    return formula === undefined ? (
      <code dir="ltr" className="wrap-anywhere rounded-sm bg-hover px-1 py-0.5 font-mono text-sm">
        {children}
      </code>
    ) : (
      <FormulaView {...formula} />
    );
  },
  pre: ({ node }) => {
    const code = node?.children[0];
    if (code?.type !== 'element') return null;
    const text = code.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
    const [name = ''] = [code.properties.className ?? []].flat().map(String);
    const language = name.replace(/^language-/, '');
    return (
      <div className="my-3">
        <CodeBlock
          code={text.replace(/\n$/, '')}
          language={codeLanguage(language)}
          label={language || t('Code')}
          canWrap
        />
      </div>
    );
  },
};

function Picture({ address, alt }: { address: string; alt: string }) {
  const name = alt || t('no description');
  return (
    <span className="text-ink-soft">
      [{t('Image: {name}', { name })}
      {URL.canParse(address) && (
        <>
          {' · '}
          <a href={address} target="_blank" rel="noopener noreferrer nofollow" className={textLinkStyle}>
            {t('open at {host}', { host: new URL(address).host })}
          </a>
        </>
      )}
      ]
    </span>
  );
}
