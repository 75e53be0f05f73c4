import { clsx } from 'clsx';
import { WrapText } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../../language/t.ts';
import { CopyButton } from '../buttons/copy-button.tsx';
import { IconButton } from '../buttons/icon-button.tsx';
import type { CodeLanguage } from './code-language.ts';

interface CodeBlockProps {
  code: string;
  language: CodeLanguage;
  /** Shown above the code: "curl". */
  label: string;
  /** Copied instead of the code, where that hides a secret. */
  copied?: string;
  wrap?: boolean;
  /** Adds a button that wraps long lines. */
  canWrap?: boolean;
  onCopied?: () => void;
}

/** Plain at first, highlighted once the highlighter has loaded. */
export function CodeBlock({
  code,
  language,
  label,
  copied = code,
  wrap = false,
  canWrap = false,
  onCopied,
}: CodeBlockProps) {
  const [isWrapped, setWrapped] = useState(wrap);
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
    <figure dir="ltr" className="min-w-0 overflow-clip rounded-lg border border-line bg-sunken">
      {/* Where a screen says how high its head is, the button stays in sight beside long code. */}
      <figcaption className="sticky top-[var(--code-head-top,auto)] z-[1] flex h-10 items-center justify-between border-line border-b bg-sunken pr-1 pl-3.5 text-ink-soft text-sm touch:h-12">
        {label}
        <span className="flex">
          {canWrap && (
            <IconButton
              label={t('Wrap lines')}
              aria-pressed={isWrapped}
              icon={<WrapText aria-hidden className={clsx(isWrapped && 'text-accent')} />}
              onClick={() => setWrapped(!isWrapped)}
            />
          )}
          <CopyButton text={copied} label={t('Copy {label}', { label })} {...(onCopied && { onCopied })} />
        </span>
      </figcaption>
      {/* Scrollable content must be reachable by keyboard. */}
      <pre
        tabIndex={0}
        className={clsx(
          'overflow-x-auto p-3.5 text-sm -outline-offset-2',
          isWrapped && 'whitespace-pre-wrap break-words',
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
