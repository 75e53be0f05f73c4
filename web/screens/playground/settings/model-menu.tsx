import { Combobox } from '@base-ui/react/combobox';
import { clsx } from 'clsx';
import { Check, ChevronsUpDown, Search } from 'lucide-react';
import { useId } from 'react';
import { t } from '../../../language/t.ts';
import { AbilityBadges } from '../../../models/ability-badges.tsx';
import type { ChatModel } from '../../../models/model-facts.ts';
import { isFound, makerWords, priceWords, tokenWords } from '../../../models/model-words.ts';
import { controlStyle } from '../../../parts/forms/field-frame.tsx';
import { popupStyle } from '../../../parts/overlays/popup-style.ts';

interface ModelMenuProps {
  label: string;
  models: readonly ChatModel[];
  /** The chosen one's name. */
  value: string;
  onChange: (model: string) => void;
}

/** A menu of models with what they are chosen by, and a search. At the bottom of the screen on phones. */
export function ModelMenu({ label, models, value, onChange }: ModelMenuProps) {
  const id = useId();
  const chosen = models.find((model) => model.id === value) ?? null;
  return (
    <div className="flex flex-col gap-1.5">
      {/* Not a field of Base UI's: its label would name the search too. */}
      <label htmlFor={id} className="self-start font-medium text-sm">
        {label}
      </label>
      <Combobox.Root
        items={models}
        value={chosen}
        onValueChange={(next) => next !== null && onChange(next.id)}
        itemToStringLabel={(model) => model.id}
        isItemEqualToValue={(one, other) => one.id === other.id}
        filter={isFound}
      >
        <Combobox.Trigger
          id={id}
          className={clsx(
            controlStyle,
            'flex min-h-9 items-center justify-between gap-2 py-1 text-left touch:min-h-11',
          )}
        >
          <span className="min-w-0">
            <span className="block truncate">{value}</span>
            {chosen !== null && <span className="block text-ink-faint text-xs">{sizeWords(chosen)}</span>}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </Combobox.Trigger>
        <Combobox.Portal>
          <Combobox.Backdrop className="fixed inset-0 z-50 bg-scrim sm:hidden" />
          <Combobox.Positioner
            align="end"
            sideOffset={4}
            className="z-50 outline-none max-sm:fixed! max-sm:inset-x-0! max-sm:top-auto! max-sm:bottom-0! max-sm:transform-none!"
          >
            <Combobox.Popup
              aria-label={t('Choose a model')}
              className={clsx(
                popupStyle,
                'flex max-h-[min(32rem,var(--available-height))] w-[26rem] max-w-(--available-width) flex-col max-sm:max-h-[80dvh] max-sm:w-full max-sm:max-w-full max-sm:rounded-b-none',
              )}
            >
              <div className="relative p-1">
                <Search
                  aria-hidden
                  className="pointer-events-none absolute top-1/2 left-3.5 size-4 -translate-y-1/2 text-ink-faint"
                />
                <Combobox.Input
                  aria-label={t('Search by name, maker or ability')}
                  placeholder={t('Name, maker or ability')}
                  className={clsx(controlStyle, 'h-9 pl-9 touch:h-11')}
                />
              </div>
              <Combobox.Empty className="px-3 text-ink-soft empty:hidden [&:not(:empty)]:py-4">
                {t('No model fits that.')}
              </Combobox.Empty>
              <Combobox.List aria-label={t('Models')} className="min-h-0 overflow-y-auto overscroll-contain">
                {(model: ChatModel) => <Option key={model.id} model={model} />}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}

function Option({ model }: { model: ChatModel }) {
  return (
    <Combobox.Item
      value={model}
      className="flex cursor-default select-none items-start gap-2 rounded-md px-2 py-2 outline-none data-highlighted:bg-hover forced-colors:data-highlighted:bg-[Highlight] forced-colors:data-highlighted:text-[HighlightText]"
    >
      <span className="mt-0.5 w-4 shrink-0">
        <Combobox.ItemIndicator>
          <Check aria-hidden className="size-4 text-accent" />
        </Combobox.ItemIndicator>
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate font-medium">{model.id}</span>
          <span className="shrink-0 text-ink-faint text-sm">{makerWords(model)}</span>
        </span>
        <span className="block text-ink-soft text-sm">{sizeWords(model)}</span>
        <span className="mt-1 flex flex-wrap gap-1">
          <AbilityBadges model={model} />
        </span>
      </span>
    </Combobox.Item>
  );
}

/** Context, longest answer, and prices of a million tokens. */
const sizeWords = (model: ChatModel): string =>
  t('{context} context, {output} out · {price}', {
    context: tokenWords(model.context_window),
    output: tokenWords(model.max_output_tokens),
    price: priceWords(model),
  });
