import { clsx } from 'clsx';
import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../../language/t.ts';
import { CopyButton } from '../buttons/copy-button.tsx';
import type { CodeLanguage } from './code-language.ts';

interface CodeBlockProps {
  code: string;
  language: CodeLanguage;
  /** Shown above the code: "curl". */
  label: string;
  /** Copied instead of the code, where that hides a secret. */
  copied?: string;
  wrap?: boolean;
  onCopied?: () => void;
}

/** Plain at first, highlighted once the highlighter has loaded. */
export function CodeBlock({ code, language, label, copied = code, wrap = false, onCopied }: CodeBlockProps) {
  const [coloured, setColoured] = useState<{ of: string; nodes: ReactNode }>();
  useEffect(() => {
    let stale = false;
    // If the highlighter can't be loaded, the code stays plain.
    import('./highlight.ts')
      .then(({ highlight }) => highlight(code, language))
      .then(
        (nodes) => stale || setColoured({ of: code, nodes }),
        () => {},
      );
    return () => {
      stale = true;
    };
  }, [code, language]);
  // Code that is still growing keeps its highlighting.
  const isPart = coloured !== undefined && code.startsWith(coloured.of);
  return (
    <figure dir="ltr" className="min-w-0 overflow-hidden rounded-lg border border-line bg-sunken">
      <figcaption className="flex h-10 items-center justify-between border-line border-b pr-1 pl-3.5 text-ink-soft text-sm touch:h-12">
        {label}
        <CopyButton text={copied} label={t('Copy {label}', { label })} {...(onCopied && { onCopied })} />
      </figcaption>
      {/* Scrollable content must be reachable by keyboard. */}
      <pre
        tabIndex={0}
        className={clsx(
          'overflow-x-auto p-3.5 text-sm -outline-offset-2',
          wrap && 'whitespace-pre-wrap break-words',
        )}
      >
        <code className="font-mono">
          {isPart && coloured.nodes}
          {isPart ? code.slice(coloured.of.length) : code}
        </code>
      </pre>
    </figure>
  );
}
