import { Combobox } from '@base-ui/react/combobox';
import { clsx } from 'clsx';
import { Check, Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../../../language/t.ts';
import { AbilityBadges } from '../../../models/ability-badges.tsx';
import { makerWords } from '../../../models/listing-words.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import { isFound } from '../../../models/model-words.ts';
import { controlStyle } from '../../../parts/forms/field-frame.tsx';
import { popupStyle } from '../../../parts/overlays/popup-style.ts';
import { ChosenModel, type ModelChoiceProps, ModelSize, modelMenuStyle } from './chosen-model.tsx';

/** Open from the start: whoever renders it has been asked for it. */
export function ModelMenuPopup({ id, models, value, onChange }: ModelChoiceProps & { id: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    button.current?.click();
  }, []);
  const chosen = models.find((model) => model.id === value) ?? null;
  return (
    <Combobox.Root
      items={models}
      value={chosen}
      onValueChange={(next) => next !== null && onChange(next.id)}
      itemToStringLabel={(model) => model.id}
      isItemEqualToValue={(one, other) => one.id === other.id}
      filter={isFound}
    >
      <Combobox.Trigger id={id} ref={button} className={modelMenuStyle}>
        <ChosenModel value={value} chosen={chosen} />
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
        <span className="block text-ink-soft text-sm">
          <ModelSize model={model} />
        </span>
        <span className="mt-1 flex flex-wrap gap-1 in-data-highlighted:*:*:bg-surface">
          <AbilityBadges model={model} />
        </span>
      </span>
    </Combobox.Item>
  );
}
