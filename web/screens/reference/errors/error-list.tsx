import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { type ErrorCode, errorCodes, errorEntryId } from '../../../../core/errors.ts';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import { useErrorWords } from '../../../shell/use-error-words.ts';
import { useDeepLink } from '../use-deep-link.ts';

/** Every error code; the `docs` of an error body leads to its entry. */
export function ErrorList() {
  const words = useErrorWords();
  return (
    <section aria-label="Errors" className="flex flex-col gap-2.5">
      <h2 className="font-semibold text-lg tracking-tight">Errors</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {(Object.keys(errorCodes) as ErrorCode[]).map((code) => (
          <ErrorRow key={code} code={code} words={words?.get(code) ?? ''} />
        ))}
      </ul>
    </section>
  );
}

function ErrorRow({ code, words }: { code: ErrorCode; words: string }) {
  const { isOpen, setOpen, target } = useDeepLink(errorEntryId(code));
  return (
    <li
      id={errorEntryId(code)}
      ref={target}
      className="scroll-mt-16 lg:scroll-mt-[calc(var(--header-height,0rem)+1rem)]"
    >
      <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
        <Collapsible.Trigger className="group flex w-full items-center gap-x-3 px-4 py-2.5 text-left -outline-offset-2 transition-colors hover:bg-sunken/70 sm:px-5 touch:min-h-11">
          <span className="font-mono text-ink-soft text-sm">{errorCodes[code].status}</span>
          <code className="wrap-anywhere min-w-0 flex-1 font-mono text-sm">{code}</code>
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
          />
        </Collapsible.Trigger>
        <Collapsible.Panel className="border-line border-t bg-canvas px-4 py-4 text-ink-soft sm:px-5">
          <WordsWithCode text={words} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}
