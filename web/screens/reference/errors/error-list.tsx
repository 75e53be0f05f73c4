import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { type ErrorCode, errorCodes, errorEntryId } from '../../../../core/errors.ts';
import { t } from '../../../language/t.ts';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import { useDeepLink } from '../../../shell/use-deep-link.ts';

interface ErrorListProps {
  codes: readonly ErrorCode[];
  /** What each means, once that has loaded. */
  explained: ReadonlyMap<string, string> | undefined;
}

/** Error codes; the `docs` of an error body leads to its entry. */
export function ErrorList({ codes, explained }: ErrorListProps) {
  return (
    <section aria-label={t('Errors')} className="flex flex-col gap-2.5">
      <h2 className="font-semibold text-lg tracking-tight">{t('Errors')}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {codes.map((code) => (
          <ErrorRow key={code} code={code} words={explained?.get(code) ?? ''} />
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
          <p lang="en">
            <WordsWithCode text={words} />
          </p>
          <p className="mt-2 text-sm">
            <TextLink to={`/docs/errors#${code}`}>{t('In the docs')}</TextLink>
          </p>
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}
