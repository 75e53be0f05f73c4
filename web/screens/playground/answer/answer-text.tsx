import { clsx } from 'clsx';
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { usePlayground } from '../use-playground.ts';
import { AnswerBoundary } from './answer-boundary.tsx';
import { markdownBlocks } from './markdown-blocks.ts';
import type { ParsedBlocks } from './parsed-blocks.ts';
import { PlainText } from './plain-text.tsx';

interface BlockProps {
  text: string;
  idPrefix: string;
  parsed?: ParsedBlocks | undefined;
}

/** Large, so loaded on its own. If it can't be loaded, the text is shown as it is. */
export const loadMarkdown = (): Promise<{ default: ComponentType<BlockProps> }> =>
  import('./markdown.tsx').then(
    (module) => ({ default: module.MarkdownBlock }),
    () => ({ default: PlainText }),
  );
const MarkdownBlock = lazy(loadMarkdown);

interface AnswerTextProps {
  text: string;
  /** Whether the answer is still streaming. */
  isComing: boolean;
  idPrefix: string;
}

/** Plain text until the markdown parser has loaded. Finished blocks are parsed only once. */
export function AnswerText({ text, isComing, idPrefix }: AnswerTextProps) {
  const { parsed } = usePlayground();
  const blocks = useMemo(
    () => markdownBlocks(text).map((block, place) => ({ id: `${idPrefix}-${place}-`, block })),
    [text, idPrefix],
  );
  return (
    <div
      className={clsx(
        'wrap-anywhere min-w-0 leading-relaxed [&>:first-child]:mt-0 [&>:last-child]:mb-0',
        isComing && caretStyle,
      )}
    >
      <AnswerBoundary text={text}>
        <Suspense fallback={<PlainText text={text} />}>
          {blocks.map(({ id, block }, place) => (
            <MarkdownBlock
              key={id}
              text={block}
              idPrefix={id}
              parsed={isComing && place === blocks.length - 1 ? undefined : parsed}
            />
          ))}
        </Suspense>
      </AnswerBoundary>
    </div>
  );
}

/** A caret after the last word; it pulses unless the user prefers reduced motion. */
const caretStyle = [
  "[&>p:last-child]:after:content-['']",
  '[&>p:last-child]:after:inline-block [&>p:last-child]:after:h-[1.1em] [&>p:last-child]:after:w-1.5',
  '[&>p:last-child]:after:ms-1 [&>p:last-child]:after:rounded-sm [&>p:last-child]:after:bg-accent',
  '[&>p:last-child]:after:align-text-bottom [&>p:last-child]:after:animate-pulse',
].join(' ');
