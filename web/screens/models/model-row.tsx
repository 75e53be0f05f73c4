import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../language/t.ts';
import { AbilityBadges } from '../../models/ability-badges.tsx';
import { dollars, makerWords, tokenWords } from '../../models/listing-words.ts';
import { isChatModel, type Model } from '../../models/model-facts.ts';
import { useDeepLink } from '../../shell/use-deep-link.ts';
import { ModelDetail } from './model-detail.tsx';

/** A model in one line, which opens to the rest. `/models#nova-lite` opens it too. */
export function ModelRow({ model }: { model: Model }) {
  const link = useDeepLink(model.id);
  const [wasOpen, setWasOpen] = useState(link.isOpen);
  if (link.isOpen && !wasOpen) setWasOpen(true);
  return (
    <li
      id={model.id}
      ref={link.target}
      className="scroll-mt-16 lg:scroll-mt-[calc(var(--header-height,0rem)+1rem)]"
    >
      <Collapsible.Root open={link.isOpen} onOpenChange={link.setOpen}>
        <h3>
          <Collapsible.Trigger className="group flex w-full items-center gap-3 px-4 py-3 text-left -outline-offset-2 transition-colors hover:bg-sunken/70 sm:px-5">
            <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-2">
              <span className="min-w-0 flex-1 basis-72">
                <span className="flex flex-wrap items-baseline gap-x-2">
                  <span className="wrap-anywhere font-medium font-mono text-sm">{model.id}</span>
                  <span className="text-ink-soft text-sm">{makerWords(model)}</span>
                </span>
                {isChatModel(model) && (
                  <span className="mt-1.5 flex flex-wrap gap-1">
                    <AbilityBadges model={model} />
                  </span>
                )}
              </span>
              <span className="grid grid-cols-[4.1rem_4.1rem_3.75rem_3.75rem] gap-x-1 whitespace-nowrap sm:gap-x-5 sm:grid-cols-[repeat(4,4.5rem)]">
                <Figure name={t('Context')}>{sizeOf(model.context_window)}</Figure>
                <Figure name={isChatModel(model) ? t('Output') : t('Dimensions')}>
                  {isChatModel(model) ? tokenWords(model.max_output_tokens) : Math.max(...model.dimensions)}
                </Figure>
                <Figure name={t('Input $')}>{dollars(model.pricing.per_million_tokens.input)}</Figure>
                <Figure name={t('Output $')}>
                  {isChatModel(model) ? dollars(model.pricing.per_million_tokens.output) : '–'}
                </Figure>
              </span>
            </span>
            <ChevronRight
              aria-hidden
              className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
            />
          </Collapsible.Trigger>
        </h3>
        <Collapsible.Panel keepMounted className="border-line border-t bg-canvas px-4 py-5 sm:px-5">
          {wasOpen && <ModelDetail model={model} />}
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}

const sizeOf = (tokens: number | null): string => (tokens === null ? '–' : tokenWords(tokens));

function Figure({ name, children }: { name: string; children: string | number }) {
  return (
    <span className="sm:text-right">
      <span className="block text-ink-faint text-xs">{name}</span>
      <span className="block text-sm tabular-nums">{children}</span>
    </span>
  );
}
