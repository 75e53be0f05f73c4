import { Select as BaseSelect } from '@base-ui/react/select';
import { clsx } from 'clsx';
import { Check, ChevronsUpDown } from 'lucide-react';
import { popupStyle } from '../overlays/popup-style.ts';
import { controlStyle, FieldFrame, type FieldFrameProps } from './field-frame.tsx';

export interface SelectOption {
  value: string;
  label: string;
  /** A second line. */
  detail?: string;
}

interface SelectProps extends Omit<FieldFrameProps, 'optional'> {
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  name?: string;
}

export function Select({ options, value, onChange, name, disabled, ...frame }: SelectProps) {
  return (
    <FieldFrame {...frame} disabled={disabled ?? false}>
      <BaseSelect.Root
        items={options}
        value={value}
        onValueChange={(next) => next !== null && onChange(next)}
        name={name}
      >
        <BaseSelect.Trigger
          className={clsx(controlStyle, 'flex h-9 items-center justify-between gap-2 text-left touch:h-11')}
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
              className={clsx(
                popupStyle,
                'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto',
              )}
            >
              {options.map((option) => (
                <Option key={option.value} {...option} />
              ))}
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </FieldFrame>
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
