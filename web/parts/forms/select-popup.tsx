import { Select as BaseSelect } from '@base-ui/react/select';
import { clsx } from 'clsx';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SelectOption, SelectPopupProps } from '../overlays/popup-props.ts';
import { popupStyle } from '../overlays/popup-style.ts';
import { selectStyle } from './select-style.ts';

/** Open from the start: whoever renders it has been asked for it. */
export function SelectPopup({ options, value, onChange, name, field }: SelectPopupProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    button.current?.click();
  }, []);
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      name={name}
      id={field.id}
      disabled={field.disabled}
    >
      <BaseSelect.Trigger
        ref={button}
        aria-labelledby={`${field.id}-label`}
        aria-describedby={field['aria-describedby']}
        aria-invalid={field['aria-invalid']}
        className={selectStyle}
      >
        <BaseSelect.Value className="truncate" />
        <BaseSelect.Icon>
          <ChevronsUpDown aria-hidden className="size-4 text-ink-faint" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        {/* Aligning an item with the trigger would need a style element, which the policy forbids. */}
        <BaseSelect.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-50 outline-none">
          <BaseSelect.Popup
            aria-labelledby={`${field.id}-label`}
            className={clsx(popupStyle, 'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto')}
          >
            {options.map((option) => (
              <Option key={option.value} {...option} />
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function Option({ value, label, detail }: SelectOption) {
  return (
    <BaseSelect.Item
      value={value}
      className="flex cursor-default select-none items-center gap-2 rounded-md py-1.5 pr-3 pl-2 outline-none data-highlighted:bg-hover forced-colors:data-highlighted:bg-[Highlight] forced-colors:data-highlighted:text-[HighlightText] touch:min-h-11"
    >
      <span className="w-4">
        <BaseSelect.ItemIndicator>
          <Check aria-hidden className="size-4 text-accent" />
        </BaseSelect.ItemIndicator>
      </span>
      <span className="min-w-0">
        <BaseSelect.ItemText className="block truncate">{label}</BaseSelect.ItemText>
        {detail !== undefined && <span className="block text-ink-faint text-sm">{detail}</span>}
      </span>
    </BaseSelect.Item>
  );
}
